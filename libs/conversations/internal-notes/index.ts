export { internalNotesProjection } from './project.js';
export { conversationNotes, mentionsOf } from './queries.js';
export type { InternalNoteItem } from './queries.js';
