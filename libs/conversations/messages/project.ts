import { defineProjection } from '#event-sourcing';
import type { ProjectionStep, RecordedEvent } from '#event-sourcing';
import type { MessageMoved } from '../conversation/events/merging.js';
import type { MessageReceived, ReplyWritten } from '../conversation/events/writing.js';
import type { OutboundEvent } from '../outbound/events.js';
import type { MessageRedacted } from '#deletion-audit/redactions';
import { messagesIndexes, messagesModel, messagesSchema } from './document.js';
import type { MessageDocument } from './document.js';

/** A step on the way of an outgoing message; the delivery of an erased one comes to nothing. */
function delivery<E extends OutboundEvent>(
  changes: (event: RecordedEvent<E>) => Pick<MessageDocument, 'state' | 'failure'>,
): ProjectionStep<MessageDocument, E, never> {
  return {
    key: ({ data }) => data.messageId,
    project: (document, event) => document && { ...document, ...changes(event) },
  };
}

type ShownEvent = MessageReceived | ReplyWritten | MessageMoved | OutboundEvent | MessageRedacted;

/** A document for each message, in and out. */
export const messagesProjection = defineProjection<MessageDocument, ShownEvent>({
  name: messagesModel,
  schema: messagesSchema,
  indexes: messagesIndexes,
  owners: (_id, { contactId, subjectId }) => (contactId === subjectId ? [contactId] : [contactId, subjectId]),
  on: {
    MessageReceived: {
      key: ({ data }) => data.messageId,
      project: (_document, { data, metadata, position }) => ({
        conversationId: data.conversationId,
        contactId: data.contactId,
        subjectId: data.subjectId,
        position,
        direction: 'in',
        text: data.text,
        channelId: data.channelId,
        at: metadata.at,
        ...(data.sentAt !== undefined && { sentAt: data.sentAt }),
      }),
    },
    ReplyWritten: {
      key: ({ data }) => data.messageId,
      project: (_document, { data, metadata, position }) => ({
        conversationId: data.conversationId,
        contactId: data.contactId,
        subjectId: data.subjectId,
        position,
        direction: 'out',
        text: data.text,
        channelId: data.channelId,
        at: metadata.at,
        state: 'queued',
        author: metadata.actor,
        ...(data.writtenBy !== undefined && { writtenBy: data.writtenBy }),
        ...(data.savedReplyId !== undefined && { savedReplyId: data.savedReplyId }),
      }),
    },
    MessageMoved: {
      key: ({ data }) => data.messageId,
      project: (_document, { data }) => ({
        conversationId: data.conversationId,
        contactId: data.contactId,
        subjectId: data.subjectId,
        position: data.position,
        direction: data.direction,
        ...(data.text === undefined ? { text: '', redacted: true } : { text: data.text }),
        channelId: data.channelId,
        at: data.writtenAt,
        ...(data.sentAt !== undefined && { sentAt: data.sentAt }),
        ...(data.state !== undefined && { state: data.state }),
        ...(data.failure !== undefined && { failure: data.failure }),
        ...(data.direction === 'out' && { author: data.author }),
        ...(data.writtenBy !== undefined && { writtenBy: data.writtenBy }),
        ...(data.savedReplyId !== undefined && { savedReplyId: data.savedReplyId }),
      }),
    },
    MessageHandedToChannel: delivery(() => ({ state: 'handedToChannel' })),
    MessageDelivered: delivery(() => ({ state: 'delivered' })),
    MessageRead: delivery(() => ({ state: 'read' })),
    MessageFailed: delivery(({ data }) => ({ state: 'failed', failure: data.reason })),
    MessageRedacted: {
      key: ({ data }) => data.messageId,
      project: (document) => document && { ...document, text: '', redacted: true },
    },
  },
});
