export { contactNotesProjection } from './project.js';
export { newestNotes } from './queries.js';
export type { ContactNote } from './queries.js';
