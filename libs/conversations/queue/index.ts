export type { QueueDocument } from './document.js';
export { queueProjection } from './project.js';
export { queueCounters, queuePage, queueViews } from './queries.js';
export type { QueueCounters, QueueFilters, QueueItem, QueueView } from './queries.js';
