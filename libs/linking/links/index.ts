export { linksModel } from './document.js';
export type { LinksDocument, MatchValue } from './document.js';
export { linksProjection } from './project.js';
export { evolveValues, keysOf } from './values.js';
export type { MatchEvent } from './values.js';
