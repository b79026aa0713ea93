export { whenHandsChangeThenPlacesFollow } from './workflow.js';
