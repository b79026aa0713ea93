export { whenNobodyHasItThenRoute } from './workflow.js';
