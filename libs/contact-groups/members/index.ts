export { groupMembersModel } from './document.js';
export type { GroupMemberDocument } from './document.js';
export { groupMembersProjection } from './project.js';
export { contactCount, groupMembers, groupSize } from './queries.js';
export { traitsOf } from './traits.js';
