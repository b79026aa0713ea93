import { readPage } from '#event-sourcing';
import type { Page, PageWanted, ReadModels, Stored } from '#event-sourcing';
import { contactNotesModel } from './document.js';
import type { ContactNoteDocument } from './document.js';

export interface ContactNote extends Omit<ContactNoteDocument, 'contactId'> {
  readonly noteId: string;
}

const newestShown = 20;

/**
 * The newest 20 notes of a contact and of what was merged into it, newest first, and how many there are. Who may see
 * the contact sees its notes.
 */
export async function newestNotes(
  models: ReadModels,
  contactIds: readonly string[],
): Promise<{ readonly notes: readonly ContactNote[]; readonly noteCount: number }> {
  const where = { contactId: { in: contactIds } };
  const page = { where, sort: { at: -1, _id: -1 }, limit: newestShown } as const;
  const [notes, noteCount] = await Promise.all([
    models.page<ContactNoteDocument>(contactNotesModel, page),
    models.count(contactNotesModel, where),
  ]);
  return { notes: notes.map(noteOf), noteCount };
}

/** All notes of the contacts that are not removed, newest first. */
export async function contactNotes(
  models: ReadModels,
  contactIds: readonly string[],
  wanted: PageWanted,
): Promise<Page<ContactNote>> {
  const list = { where: { contactId: { in: contactIds } }, sort: { at: -1 } } as const;
  const page = await readPage<ContactNoteDocument>(models, contactNotesModel, list, wanted);
  return { ...page, items: page.items.map(noteOf) };
}

function noteOf({ _id, text, redacted, author, at, edited, earlier }: Stored<ContactNoteDocument>): ContactNote {
  return { noteId: _id, text, redacted, author, at, edited, earlier };
}
