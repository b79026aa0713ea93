export { whenRedactedThenPuncture } from './workflow.js';
