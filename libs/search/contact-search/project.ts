import { membershipsOf } from '#contact-groups/members';
import type { MembersEvent } from '#contact-groups/members';
import { channelsOfProfile, nameOfProfile, profileSteps } from '#contacts/contact-profile';
import type { ContactProfile } from '#contacts/contact-profile';
import { defineProjection, removed } from '#event-sourcing';
import type { SideDocuments } from '#event-sourcing';
import { tokensOf, wordsIn } from '../words/index.js';
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
import { contactOf, contactSide, groupsOf } from './side.js';
import type { Side } from './side.js';

/** By which words, and in which groups, a contact is found: a document for each channel on which it was met. */
export const contactSearchProjection = defineProjection<SearchedContact, MembersEvent, Side>({
  name: contactSearchModel,
  schema: contactSearchSchema,
  indexes: contactSearchIndexes,
  owners: (_id, { contactId }) => [contactId],
  side: contactSide,
  on: {
    ...profileSteps<SearchedContact, Side>({
      key: ({ data: { contactId } }, side) => idsOf(contactId, side),
      project: (_document, { data }, { id, side }) => found(data.contactId, id, side),
    }),
    ContactGroupMembersFound: {
      key: ({ data: { contactIds } }, side) => contactIds.flatMap((contactId) => idsOf(contactId, side)),
      project: (document, _event, { id, side }) => document && found(document.contactId, id, side),
    },
  },
});

/** Also of those that a contact has only until it is met. */
function idsOf(contactId: string, side: SideDocuments<Side>): readonly string[] {
  const contact = contactOf(side, contactId);
  if (!contact) return [];
  const scopes = [...channelsOfProfile(contact.profile), unmet, byCreator(contact.profile.createdBy)];
  return scopes.map((scope) => searchedContactId(contact.created, scope));
}

function found(contactId: string, id: string, side: SideDocuments<Side>): SearchedContact | typeof removed {
  const contact = contactOf(side, contactId);
  if (!contact || contact.deleting) return removed;
  const { profile, created } = contact;
  const scope = id.slice(searchedContactId(created, '').length);
  const isMet = channelsOfProfile(profile).length > 0;
  if (isMet && (scope === unmet || scope === byCreator(profile.createdBy))) return removed;
  const groups = membershipsOf(profile, groupsOf(side)).map(groupToken);
  const name = nameOfProfile(profile);
  return { contactId, scope, name, tokens: [...tokensOf(wordsFor(profile, name, scope)), ...groups] };
}

/** ASG-6: an identity that was met on other channels only is not found here, nor what its medium told. */
function wordsFor(profile: ContactProfile, name: string | null, scope: string): readonly string[] {
  const identities = profile.identities.filter(({ channelIds }) => {
    return channelIds.length === 0 || channelIds.includes(scope);
  });
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
