export { bulkDeletion } from './workflow.js';
