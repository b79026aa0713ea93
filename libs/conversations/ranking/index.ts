export { putRankingIntoEffect, recordOpenRanked } from './decide.js';
export { partsOfOpen, rankingEvents } from './events.js';
export type { RankingEvent } from './events.js';
