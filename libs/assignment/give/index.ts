export { couldKeep, give } from './give.js';
export { stepOf } from './place.js';
export { targetFor } from './target.js';
