export type { DeletedContactDocument } from './document.js';
export { deletedContactsProjection } from './project.js';
export { deletedContactsPage, erasureView, wasDeleted } from './queries.js';
export type { DeletedContactEntry } from './queries.js';
