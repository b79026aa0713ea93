export { whenAccessIsLostThenUnassign } from './workflow.js';
