export { followVip } from './workflow.js';
