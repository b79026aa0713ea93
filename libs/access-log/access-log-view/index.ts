export { accessLogProjection } from './project.js';
export { accessLogPage } from './queries.js';
export type { AccessEntry } from './queries.js';
