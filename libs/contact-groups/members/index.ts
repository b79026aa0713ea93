export { askedGroups, askedGroupsSteps } from './asked-groups.js';
export type { MembersEvent } from './asked-groups.js';
export { groupMembersModel, membershipOf } from './document.js';
export type { AskedGroups, GroupMemberDocument } from './document.js';
export { membershipsOf } from './memberships.js';
export { groupMembersProjection } from './project.js';
export { contactCount, groupMembers, groupSize, membershipIn } from './queries.js';
export { traitsOf } from './traits.js';
