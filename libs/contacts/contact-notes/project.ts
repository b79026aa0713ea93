import type { ContactNoteRedacted } from '#deletion-audit/redactions';
import { defineProjection, removed } from '#event-sourcing';
import type { ContactEvent } from '../contact/index.js';
import { contactNotesIndexes, contactNotesModel, contactNotesSchema } from './document.js';
import type { ContactNoteDocument } from './document.js';

const newestEarlier = 20;

/** CON-4: a document for each note that is not removed. */
export const contactNotesProjection = defineProjection<ContactNoteDocument, ContactEvent | ContactNoteRedacted>({
  name: contactNotesModel,
  schema: contactNotesSchema,
  indexes: contactNotesIndexes,
  owners: (_id, { contactId }) => [contactId],
  on: {
    ContactNoteAdded: {
      key: ({ data }) => data.noteId,
      project: (_document, { data: { contactId, text }, metadata: { actor, at } }) => ({
        contactId,
        text,
        redacted: false,
        author: actor,
        at,
        edited: null,
        earlier: [],
      }),
    },
    ContactNoteEdited: {
      key: ({ data }) => data.noteId,
      project: (document, { data: { text }, metadata: { actor, at } }) =>
        document && {
          ...document,
          text,
          redacted: false,
          edited: { actor, at },
          earlier: [before(document), ...document.earlier].slice(0, newestEarlier),
        },
    },
    ContactNoteRedacted: {
      key: ({ data }) => data.noteId,
      project: (document) =>
        document && {
          ...document,
          text: '',
          redacted: true,
          earlier: document.earlier.map((earlier) => ({ ...earlier, text: '' })),
        },
    },
    ContactNoteRemoved: {
      key: ({ data }) => data.noteId,
      project: (document) => document && removed,
    },
  },
});

function before({ text, author, at, edited }: ContactNoteDocument): ContactNoteDocument['earlier'][number] {
  return { text, actor: edited?.actor ?? author, at: edited?.at ?? at };
}
