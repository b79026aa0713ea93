export type { DeletedContactDocument } from './document.js';
export { deletedContactsProjection } from './project.js';
export { deletedContactsPage, erasureView, verifyDeletedContacts, wasDeleted } from './queries.js';
export type { AuditVerification, DeletedContactEntry } from './queries.js';
