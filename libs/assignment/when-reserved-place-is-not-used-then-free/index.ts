export { whenReservedPlaceIsNotUsedThenFree } from './workflow.js';
