import type { Actor, IndexDeclaration } from '#event-sourcing';

export const internalNotesModel = 'internalNotes';
export const internalNotesSchema = 1;

/** One internal note of a conversation; its id is the note's. */
export interface InternalNoteDocument {
  readonly conversationId: string;
  readonly contactId: string;
  readonly text: string;
  readonly author: Actor;
  readonly at: string;
  /** Colleagues whom it asks to look. */
  readonly mentions: readonly string[];
}

export const internalNotesIndexes: readonly IndexDeclaration[] = [
  { key: { conversationId: 1, at: 1 } },
  { key: { mentions: 1, at: -1 } },
];
