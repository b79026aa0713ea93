export { startEventStoreDB } from './start.js';
export type { EventStoreDBOptions, RunningEventStoreDB } from './start.js';
