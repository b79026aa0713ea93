import { contactsNamed, evolveProfile, mergedWith, profileSteps, wholeProfile } from '#contacts/contact-profile';
import type { ContactProfile, WholeProfile } from '#contacts/contact-profile';
import { removed } from '#event-sourcing';
import type { SideDefinition, SideDocuments } from '#event-sourcing';
import { askedGroups, askedGroupsSteps } from './asked-groups.js';
import type { MembersEvent } from './asked-groups.js';
import type { AskedGroups, KnownContact } from './document.js';

/** One side document for the conditions of all groups, and one per contact. */
export type MembersSide = AskedGroups | KnownContact;

export const membersSide: SideDefinition<MembersSide, MembersEvent> = {
  owners: (id) => (id === askedGroups ? [] : [id]),
  load: ({ data }) => [askedGroups, ...('contactId' in data ? contactsNamed(data) : [])],
  neighbours: (document) => ('profile' in document ? mergedWith(document.profile) : []),
  on: {
    ...askedGroupsSteps,
    ...profileSteps<MembersSide, MembersSide>({
      key: ({ data }) => data.contactId,
      project(document, event) {
        const profile = evolveProfile(profileIn(document), event);
        return profile ? { profile } : document && removed;
      },
    }),
  },
};

export function wholeIn(side: SideDocuments<MembersSide>, contactId: string): WholeProfile | undefined {
  return wholeProfile(contactId, (id) => profileIn(side.get(id)));
}

export function groupsIn(side: SideDocuments<MembersSide>): AskedGroups | undefined {
  const document = side.get(askedGroups);
  return document && 'groups' in document ? document : undefined;
}

function profileIn(document: MembersSide | undefined): ContactProfile | undefined {
  return document && 'profile' in document ? document.profile : undefined;
}
