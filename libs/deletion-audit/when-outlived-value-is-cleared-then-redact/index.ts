export { redactOutlivedValues } from './workflow.js';
