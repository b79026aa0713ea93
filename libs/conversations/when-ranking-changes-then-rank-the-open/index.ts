export { rankTheOpen } from './workflow.js';
