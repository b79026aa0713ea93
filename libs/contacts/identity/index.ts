export { identityEvents, identityStream } from './events.js';
export type { IdentityEvent } from './events.js';
