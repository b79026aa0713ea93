export { sha256 } from './sha256.js';
export { systemClock } from './system-clock.js';
export { createIds } from './keyed-ids.js';
export { createSecrets } from './sealed-secrets.js';
