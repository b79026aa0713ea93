import { membershipsOf } from '#contact-groups/members';
import type { MembersEvent } from '#contact-groups/members';
import { channelsOfProfile, nameFor, profileSteps, seenIdentities } from '#contacts/contact-profile';
import type { ContactProfile } from '#contacts/contact-profile';
import { defineProjection, removed } from '#event-sourcing';
import type { SideDocuments } from '#event-sourcing';
import { positionAt, tokensOf, wordsIn } from '../words/index.js';
import {
  byCreator,
  contactSearchIndexes,
  contactSearchModel,
  contactSearchSchema,
  searchedContactId,
  unmet,
} from './document.js';
import type { SearchedContact } from './document.js';
import { groupToken } from './group-token.js';
import { contactOf, contactSide, groupsOf, wholeContact } from './side.js';
import type { Side } from './side.js';

/**
 * By which words, and in which groups, a contact is found: a document for each channel on which it was met, with what
 * was merged into it (CON-5).
 */
export const contactSearchProjection = defineProjection<SearchedContact, MembersEvent, Side>({
  name: contactSearchModel,
  schema: contactSearchSchema,
  indexes: contactSearchIndexes,
  owners: (_id, { contactIds }) => contactIds,
  side: contactSide,
  on: {
    ...profileSteps<SearchedContact, Side>({
      key: ({ data }, side) => {
        const given = 'contactIds' in data ? data.contactIds : [];
        return concerned(data.contactId, side).flatMap((contactId) => idsOf(contactId, given, side));
      },
      project: (document, { data }, { id, side }) => {
        const contactId = concerned(data.contactId, side).find(
          (one) => contactOf(side, one)?.created === positionAt(id),
        );
        const now = contactId === undefined ? undefined : found(contactId, id, side);
        return now ?? (document && removed);
      },
    }),
    ContactGroupMembersFound: {
      key: ({ data: { contactIds } }, side) => contactIds.flatMap((contactId) => idsOf(contactId, [], side)),
      project: (document, _event, { id, side }) => document && (found(document.contactId, id, side) ?? removed),
    },
  },
});

/** The contact, and who speaks for it. */
function concerned(contactId: string, side: SideDocuments<Side>): readonly string[] {
  return [...new Set([contactId, wholeContact(side, contactId)?.contactId ?? contactId])];
}

/** Also of what it had until it was met, or until a merge was undone that `given` went back by. */
function idsOf(contactId: string, given: readonly string[], side: SideDocuments<Side>): readonly string[] {
  const contact = contactOf(side, contactId);
  if (!contact) return [];
  const { profile, created } = contact;
  const others = [...profile.absorbed.flatMap(({ contactIds }) => contactIds), ...given];
  const met = [contact, ...others.flatMap((id) => contactOf(side, id) ?? [])];
  const channels = met.flatMap((one) => channelsOfProfile(one.profile));
  const scopes = new Set([...channels, unmet, byCreator(profile.createdBy)]);
  return [...scopes].map((scope) => searchedContactId(created, scope));
}

/** `undefined`: nobody finds this contact there. */
function found(contactId: string, id: string, side: SideDocuments<Side>): SearchedContact | undefined {
  const [contact, whole] = [contactOf(side, contactId), wholeContact(side, contactId)];
  if (!contact || whole?.contactId !== contactId) return undefined;
  const { profile, contactIds } = whole;
  const scope = id.slice(searchedContactId(contact.created, '').length);
  const channels = channelsOfProfile(profile);
  const scopes = channels.length > 0 ? channels : [unmet, byCreator(profile.createdBy)];
  if (!scopes.includes(scope)) return undefined;
  const groups = membershipsOf(profile, groupsOf(side)).map(groupToken);
  return { contactId, contactIds, scope, tokens: [...tokensOf(wordsFor(profile, scope)), ...groups] };
}

/** ASG-6: an identity that was met on other channels only is not found here, nor what its medium told. */
function wordsFor(profile: ContactProfile, scope: string): readonly string[] {
  const channels = new Set([scope]);
  const identities = seenIdentities(profile.identities, channels);
  const { name } = nameFor(profile, channels);
  const media = new Set(identities.map(({ medium }) => medium));
  const values = profile.values.filter(({ medium }) => medium === null || media.has(medium));
  const texts = [
    ...(name === null || name.includes('•') ? [] : [name]),
    ...identities.flatMap(({ externalUserId, profileName }) => [externalUserId, profileName ?? '']),
    ...values
      .flatMap(({ value }) => value)
      .filter((value) => typeof value !== 'boolean')
      .map(String),
  ];
  return texts.flatMap(wordsIn);
}
