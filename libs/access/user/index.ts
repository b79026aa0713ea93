export { accessDirectory } from './directory.js';
export type { AccessDirectory } from './directory.js';
export { userEvents, userRoles, userStream } from './events.js';
export type { UserEvent, UserRole } from './events.js';
export {
  ChangeUser,
  CreateUser,
  GrantAllChannelAccess,
  GrantChannelAccess,
  RegisterUser,
  ReplaceChannelAccess,
  RevokeChannelAccess,
  userHandlers,
} from './handlers.js';
export { freePlace, reservePlace, takePlace } from './places.js';
export { setPresence, showLife, takeForOffline } from './presence.js';
export { admitFirstUsers } from './first-users.js';
export { receiverOf } from './receiver.js';
export type { Receiver, Target } from './receiver.js';
export { userRefusals } from './refusals.js';
export type { UserRefusal } from './refusals.js';
export { isOffline } from './state.js';
export type { Presence, User } from './state.js';
export { assigneeAccessOf, channelAccessOf, reaches, reachesAll, teamIdsOf, viewerOf } from './viewer.js';
export type { ChannelAccess, Viewer } from './viewer.js';
