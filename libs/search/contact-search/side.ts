import { askedGroups, askedGroupsSteps } from '#contact-groups/members';
import type { AskedGroups, MembersEvent } from '#contact-groups/members';
import { contactsNamed, evolveProfile, mergedWith, profileSteps, wholeProfile } from '#contacts/contact-profile';
import type { WholeProfile } from '#contacts/contact-profile';
import type { SideDefinition, SideDocuments } from '#event-sourcing';
import type { ContactSide } from './document.js';

/** One side document per contact, and one for the conditions of all groups. */
export type Side = ContactSide | AskedGroups;

export const contactSide: SideDefinition<Side, MembersEvent> = {
  owners: (id) => (id === askedGroups ? [] : [id]),
  load: ({ data }) => [askedGroups, ...contactsNamed(data)],
  neighbours: (document) => ('profile' in document ? mergedWith(document.profile) : []),
  on: {
    ...askedGroupsSteps,
    ...profileSteps<Side, Side>({
      key: ({ data }) => data.contactId,
      project(document, event) {
        const known = contactIn(document);
        const profile = evolveProfile(known?.profile, event);
        if (profile) return { profile, created: known?.created ?? event.position, deleting: false };
        // What it was is still needed to know which documents go.
        return known && { ...known, deleting: true };
      },
    }),
  },
};

export function contactOf(side: SideDocuments<Side>, contactId: string): ContactSide | undefined {
  return contactIn(side.get(contactId));
}

/** The last primary of the contact's merges, with all that was merged into it; `undefined`: its deletion was requested. */
export function wholeContact(side: SideDocuments<Side>, contactId: string): WholeProfile | undefined {
  return wholeProfile(contactId, (id) => {
    const contact = contactOf(side, id);
    return contact && !contact.deleting ? contact.profile : undefined;
  });
}

export function groupsOf(side: SideDocuments<Side>): AskedGroups | undefined {
  const document = side.get(askedGroups);
  return document && 'groups' in document ? document : undefined;
}

function contactIn(document: Side | undefined): ContactSide | undefined {
  return document && 'profile' in document ? document : undefined;
}
