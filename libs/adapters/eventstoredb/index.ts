export { connectEventStoreDB } from './connect.js';
export type { ConnectedEventStore, EventStoreDBOptions } from './connect.js';
