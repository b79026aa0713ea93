export { Beat, presenceHandlers, SetPresence } from './handlers.js';
export { listener } from './silence.js';
export { createPresenceWatch } from './watch.js';
