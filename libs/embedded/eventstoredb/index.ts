export { DamagedStoreError } from './storage/damage.js';
export { LockedDirectoryError } from './storage/lock.js';
export { startEventStoreDB } from './start.js';
export type { EventStoreDBOptions, RunningEventStoreDB } from './start.js';
