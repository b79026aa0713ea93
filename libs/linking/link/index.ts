export { linkRefusals } from './decide.js';
export type { LinkRefusal } from './decide.js';
export { linkEvents } from './events.js';
export type { LinkEvent } from './events.js';
export { DissolveLink, LinkContacts, linkHandlers } from './handlers.js';
