export { whenRetentionIsOverThenClear } from './todo.js';
export { clearOutlivedValues } from './workflow.js';
