import { profileSteps } from '#contacts/contact-profile';
import { defineProjection, removed } from '#event-sourcing';
import type { MembersEvent } from './asked-groups.js';
import { groupMembersIndexes, groupMembersModel, groupMembersSchema } from './document.js';
import type { GroupMemberDocument } from './document.js';
import { membershipsOf } from './memberships.js';
import { groupsIn, membersSide, wholeIn } from './side.js';
import type { MembersSide } from './side.js';

/**
 * CON-7: who is in which group. A contact's own events ask all conditions at once; a changed condition asks nobody but
 * those whom the search for its members finds.
 */
export const groupMembersProjection = defineProjection<GroupMemberDocument, MembersEvent, MembersSide>({
  name: groupMembersModel,
  schema: groupMembersSchema,
  indexes: groupMembersIndexes,
  owners: (_id, { contactIds }) => contactIds,
  side: membersSide,
  on: {
    ...profileSteps<GroupMemberDocument, MembersSide>({
      key: ({ data: { contactId } }, side) => [contactId, wholeIn(side, contactId)?.contactId ?? contactId],
      project(document, _event, { id, side }) {
        const whole = wholeIn(side, id);
        if (whole?.contactId !== id) return document && removed;
        const { contactIds, profile } = whole;
        return { contactIds, profile, memberships: membershipsOf(profile, groupsIn(side)) };
      },
    }),
    ContactGroupMembersFound: {
      key: ({ data }) => data.contactIds,
      project: (document, _event, { side }) =>
        document && { ...document, memberships: membershipsOf(document.profile, groupsIn(side)) },
    },
  },
});
