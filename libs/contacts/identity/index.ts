export { identityEvents, identityStream } from './events.js';
export type { IdentityEvent } from './events.js';
export { identityKey, normaliseIdentity } from './key.js';
export type { ExternalIdentity } from './key.js';
export { claimIdentity, isLateRedelivery, moveIdentity, ownerOf, releaseIdentity, withdrawClaim } from './ownership.js';
export type { Ownership } from './ownership.js';
export { identityRefusals } from './refusals.js';
export type { IdentityRefusal } from './refusals.js';
export type { Release } from './state.js';
