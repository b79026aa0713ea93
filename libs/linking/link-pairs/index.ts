export { linkPairsProjection } from './project.js';
export { partnersOf } from './queries.js';
