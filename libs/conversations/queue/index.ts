export { queueModel } from './document.js';
export type { QueueDocument } from './document.js';
export { queueProjection } from './project.js';
export {
  conversationsAssignedTo,
  queued,
  queueItem,
  queuePage,
  queueStatuses,
  queueViews,
  waitingForAnybody,
  whereOf,
} from './queries.js';
export type { QueueFilters, QueueItem, QueueStatus, QueueView, QueueViewer } from './queries.js';
export { explainRank } from './rank.js';
export type { RankConfiguration, RankExplained } from './rank.js';
