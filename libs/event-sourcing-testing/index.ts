export * from './decider-properties.js';
export * from './event-arbitraries.js';
export * from './faulty-event-store.js';
export * from './given-when-then.js';
export * from './in-memory-event-store.js';
export * from './test-clock.js';
export * from './test-ids.js';
export * from './event-store-conformance.js';
