export { sha256 } from './sha256.js';
export { createSigner, verifySignature } from './signatures.js';
export { systemClock } from './system-clock.js';
export { createIds } from './keyed-ids.js';
export { createSecrets } from './sealed-secrets.js';
