import { defineProjection } from '#event-sourcing';
import type { MessageReceived, ReplyWritten } from '../conversation/events.js';
import { messagesIndexes, messagesModel, messagesSchema } from './document.js';
import type { MessageDocument } from './document.js';

/** A document for each message, in and out. */
export const messagesProjection = defineProjection<MessageDocument, MessageReceived | ReplyWritten>({
  name: messagesModel,
  schema: messagesSchema,
  indexes: messagesIndexes,
  owners: (_id, { contactId, subjectId }) => (contactId === subjectId ? [contactId] : [contactId, subjectId]),
  on: {
    MessageReceived: {
      key: ({ data }) => data.messageId,
      project: (_document, { data, metadata, revision }) => ({
        conversationId: data.conversationId,
        contactId: data.contactId,
        subjectId: data.subjectId,
        revision,
        direction: 'in',
        text: data.text,
        channelId: data.channelId,
        at: metadata.at,
        ...(data.sentAt !== undefined && { sentAt: data.sentAt }),
      }),
    },
    ReplyWritten: {
      key: ({ data }) => data.messageId,
      project: (_document, { data, metadata, revision }) => ({
        conversationId: data.conversationId,
        contactId: data.contactId,
        subjectId: data.subjectId,
        revision,
        direction: 'out',
        text: data.text,
        channelId: data.channelId,
        at: metadata.at,
        state: 'queued',
        author: metadata.actor,
      }),
    },
  },
});
