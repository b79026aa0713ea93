export type { Change, TimelineItem } from './item.js';
export { namesIn } from './names.js';
export type { Names } from './names.js';
export { contactTimeline, conversationTimeline, placeValues, timelineSources } from './queries.js';
export type { TimelinePorts } from './queries.js';
export { wordedTypes } from './words/index.js';
