export type { ReplayFilter } from './filter.js';
export { lineOf } from './line.js';
export type { ReplayLine } from './line.js';
export { replay } from './replay.js';
export type { ReplayPart } from './replay.js';
