import type { Actor, IndexDeclaration } from '#event-sourcing';

export const contactNotesModel = 'contact-notes';
export const contactNotesSchema = 2;
/** The newest notes of one contact. */
export const contactNotesIndexes: readonly IndexDeclaration[] = [{ key: { contactId: 1, at: -1, _id: -1 } }];

/** What a note said before it was edited. */
export interface EarlierText {
  readonly text: string;
  readonly actor: Actor;
  readonly at: string;
}

/** One note; its id is the note's. */
export interface ContactNoteDocument {
  readonly contactId: string;
  readonly text: string;
  /** DEL-8: what it said is gone for ever. */
  readonly redacted: boolean;
  readonly author: Actor;
  readonly at: string;
  /** Who wrote the present text and when; `null`: it is the first. */
  readonly edited: { readonly actor: Actor; readonly at: string } | null;
  /** The newest 20, newest first. */
  readonly earlier: readonly EarlierText[];
}
