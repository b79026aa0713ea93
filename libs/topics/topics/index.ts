export { topicsDirectory } from './directory.js';
export { topicsEvents } from './events.js';
export type { TopicsEvent } from './events.js';
export { ChangeTopic, CreateTopic, topicsHandlers } from './handlers.js';
export { topicsRefusals } from './refusals.js';
export type { TopicsRefusal } from './refusals.js';
export type { Topic } from './state.js';
