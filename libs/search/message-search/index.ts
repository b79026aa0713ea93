export { messageSearchModel } from './document.js';
export type { SearchedMessage } from './document.js';
export { messageSearchProjection } from './project.js';
