export { queueCountersProjection } from './project.js';
export { openPerUser, queueCounters } from './queries.js';
export type { QueueCounters } from './queries.js';
