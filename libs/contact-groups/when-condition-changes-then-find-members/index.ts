export { searchProgress } from './progress.js';
export type { SearchProgress } from './progress.js';
export { findMembers } from './workflow.js';
