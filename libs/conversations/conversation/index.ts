export * from './events.js';
export type * from './known-messages.js';
