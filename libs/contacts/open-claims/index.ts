export { openClaimsProjection } from './project.js';
export { openClaimsOf } from './queries.js';
