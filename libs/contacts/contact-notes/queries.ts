import type { ReadModels, Stored } from '#event-sourcing';
import { contactNotesModel } from './document.js';
import type { ContactNoteDocument } from './document.js';

export interface ContactNote extends Omit<ContactNoteDocument, 'contactId'> {
  readonly noteId: string;
}

const newestShown = 20;

/** The newest 20 notes of a contact, newest first, and how many there are. Who may see the contact sees its notes. */
export async function newestNotes(
  models: ReadModels,
  contactId: string,
): Promise<{ readonly notes: readonly ContactNote[]; readonly noteCount: number }> {
  const where = { contactId };
  const page = { where, sort: { at: -1, _id: -1 }, limit: newestShown } as const;
  const [notes, noteCount] = await Promise.all([
    models.page<ContactNoteDocument>(contactNotesModel, page),
    models.count(contactNotesModel, where),
  ]);
  return { notes: notes.map(noteOf), noteCount };
}

function noteOf({ _id, text, redacted, author, at, edited, earlier }: Stored<ContactNoteDocument>): ContactNote {
  return { noteId: _id, text, redacted, author, at, edited, earlier };
}
