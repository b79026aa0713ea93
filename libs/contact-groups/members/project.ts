import { evolveProfile, profileSteps } from '#contacts/contact-profile';
import { defineProjection, removed } from '#event-sourcing';
import { askedGroups, askedGroupsSide } from './asked-groups.js';
import type { MembersEvent } from './asked-groups.js';
import { groupMembersIndexes, groupMembersModel, groupMembersSchema } from './document.js';
import type { AskedGroups, GroupMemberDocument } from './document.js';
import { membershipsOf } from './memberships.js';

/**
 * CON-7: who is in which group. A contact's own events ask all conditions at once; a changed condition asks nobody but
 * those whom the search for its members finds.
 */
export const groupMembersProjection = defineProjection<GroupMemberDocument, MembersEvent, AskedGroups>({
  name: groupMembersModel,
  schema: groupMembersSchema,
  indexes: groupMembersIndexes,
  owners: (id) => [id],
  side: askedGroupsSide,
  on: {
    ...profileSteps<GroupMemberDocument, AskedGroups>({
      key: ({ data }) => data.contactId,
      project(document, event, { side }) {
        const profile = evolveProfile(document?.profile, event);
        if (!profile) return document && removed;
        return { profile, memberships: membershipsOf(profile, side.get(askedGroups)) };
      },
    }),
    ContactGroupMembersFound: {
      key: ({ data }) => data.contactIds,
      project: (document, _event, { side }) =>
        document && { ...document, memberships: membershipsOf(document.profile, side.get(askedGroups)) },
    },
  },
});
