export { removal } from './workflow.js';
