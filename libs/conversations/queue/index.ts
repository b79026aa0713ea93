export { queueModel } from './document.js';
export type { QueueDocument } from './document.js';
export { answeringOrder, nextOrder } from './answering-order.js';
export type { AnsweringOrder } from './answering-order.js';
export { queueProjection, queueProjectionOf } from './project.js';
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
export type { NamesOfTerms, RankExplained } from './rank.js';
