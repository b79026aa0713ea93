export { byCreator, contactSearchModel, unmet } from './document.js';
export type { SearchedContact } from './document.js';
export { groupToken } from './group-token.js';
export { contactSearchProjection } from './project.js';
