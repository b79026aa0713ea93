export { wakeAfterSnooze } from './workflow.js';
