import { defineEvent, field, personal } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/** A colleague wrote down something about the contact. */
export type ContactNoteAdded = DomainEvent<
  'ContactNoteAdded',
  { readonly contactId: string; readonly noteId: string; readonly text: string }
>;
/** The note says something else now. */
export type ContactNoteEdited = DomainEvent<
  'ContactNoteEdited',
  { readonly contactId: string; readonly noteId: string; readonly text: string }
>;
/** The note is not shown any more. */
export type ContactNoteRemoved = DomainEvent<
  'ContactNoteRemoved',
  { readonly contactId: string; readonly noteId: string }
>;

export const notesEvents = [
  defineEvent<ContactNoteAdded>({
    type: 'ContactNoteAdded',
    version: 1,
    sentence: 'A colleague wrote down something about the contact.',
    fields: { contactId: field('id'), noteId: field('id'), text: personal('contactId') },
  }),
  defineEvent<ContactNoteEdited>({
    type: 'ContactNoteEdited',
    version: 1,
    sentence: 'The note says something else now.',
    fields: { contactId: field('id'), noteId: field('id'), text: personal('contactId') },
  }),
  defineEvent<ContactNoteRemoved>({
    type: 'ContactNoteRemoved',
    version: 1,
    sentence: 'The note is not shown any more.',
    fields: { contactId: field('id'), noteId: field('id') },
  }),
];
