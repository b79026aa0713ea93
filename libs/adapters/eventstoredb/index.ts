export { connectEventStoreDB } from './connect.js';
export { scavengeNodes } from './scavenging.js';
export type { ConnectedEventStore, EventStoreDBOptions } from './connect.js';
