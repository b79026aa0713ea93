export { recordMembersFound } from './decide.js';
export { computationEvents } from './events.js';
export type { ComputationEvent } from './events.js';
