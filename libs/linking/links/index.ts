export { linksModel } from './document.js';
export type { LinksDocument, MatchValue } from './document.js';
export { linksProjection } from './project.js';
export { evolvePart, keysOf, matchSteps, wholeValues } from './values.js';
export type { MatchedPart, MatchEvent } from './values.js';
