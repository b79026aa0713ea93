import type { AddContactNote, EditContactNote, RemoveContactNote } from '../commands.js';
import type { ContactEvent } from '../events.js';
import type { ContactRefusal } from '../refusals.js';
import type { KnownContact } from '../known-contact.js';

type Decision = readonly ContactEvent[] | ContactRefusal;

export function addNote({ contactId, noteId, text }: AddContactNote, contact: KnownContact): Decision {
  return noteOf(contact, noteId) ? [] : [{ type: 'ContactNoteAdded', data: { contactId, noteId, text } }];
}

export function editNote({ contactId, noteId, text }: EditContactNote, contact: KnownContact): Decision {
  const note = noteOf(contact, noteId);
  if (!note) return { code: 'not-found' };
  return note.text === text ? [] : [{ type: 'ContactNoteEdited', data: { contactId, noteId, text } }];
}

export function removeNote({ contactId, noteId }: RemoveContactNote, contact: KnownContact): Decision {
  if (!noteOf(contact, noteId)) return { code: 'not-found' };
  return [{ type: 'ContactNoteRemoved', data: { contactId, noteId } }];
}

const noteOf = ({ notes }: KnownContact, id: string): KnownContact['notes'][number] | undefined =>
  notes.find(({ noteId }) => noteId === id);
