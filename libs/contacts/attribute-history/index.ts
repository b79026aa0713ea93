export { attributeHistoryProjection } from './project.js';
export { attributeHistory } from './queries.js';
export type { ValueChange } from './queries.js';
