export { followDays } from './workflow.js';
