import { defineProjection } from '#event-sourcing';
import type { AgentMentioned, InternalNoteAdded } from '../conversation/events/writing.js';
import { internalNotesIndexes, internalNotesModel, internalNotesSchema } from './document.js';
import type { InternalNoteDocument } from './document.js';

/** A document for each internal note, with those whom it mentions (CNV-6). */
export const internalNotesProjection = defineProjection<InternalNoteDocument, InternalNoteAdded | AgentMentioned>({
  name: internalNotesModel,
  schema: internalNotesSchema,
  indexes: internalNotesIndexes,
  owners: (_id, { contactId }) => [contactId],
  on: {
    InternalNoteAdded: {
      key: ({ data }) => data.noteId,
      project: (_document, { data, metadata }) => ({
        conversationId: data.conversationId,
        contactId: data.contactId,
        text: data.text,
        author: metadata.actor,
        at: metadata.at,
        mentions: [],
      }),
    },
    AgentMentioned: {
      key: ({ data }) => data.noteId,
      project: (document, { data }) => document && { ...document, mentions: [...document.mentions, data.userId] },
    },
  },
});
