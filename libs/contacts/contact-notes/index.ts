export { contactNotesProjection } from './project.js';
export { contactNotes, newestNotes } from './queries.js';
export type { ContactNote } from './queries.js';
