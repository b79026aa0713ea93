export { systemClock } from './system-clock.js';
export { createIds } from './keyed-ids.js';
export { createSecrets } from './sealed-secrets.js';
