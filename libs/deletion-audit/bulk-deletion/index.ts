export type { SettleContact } from './commands.js';
export { bulkDeletionDecider } from './decide.js';
export { bulkDeletionEvents, bulkDeletionStream } from './events.js';
export type { BulkDeletionEvent } from './events.js';
export { bulkDeletionHandlers, CancelBulkDeletion, ConfirmBulkDeletion } from './handlers.js';
export { bulkDeletionRefusals } from './refusals.js';
export type { BulkDeletionRefusal } from './refusals.js';
export { isQuietSince, selectContacts } from './select.js';
export type { Selected, Selection } from './select.js';
