export { userEvents, userRoles, userStream } from './events.js';
export type { UserEvent, UserRole } from './events.js';
