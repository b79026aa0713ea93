export { whenSomebodyCouldTakeItThenRouteWhatWaits } from './workflow.js';
