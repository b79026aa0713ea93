import type { ConversationEvent } from '#conversations/conversation';
import type { MessageRedacted } from '#deletion-audit/redactions';
import { defineProjection, removed } from '#event-sourcing';
import type { ProjectionStep } from '#event-sourcing';
import { placeOf, tokensOf, wordsIn } from '../words/index.js';
import { messageSearchIndexes, messageSearchModel, messageSearchSchema } from './document.js';
import type { SearchedMessage } from './document.js';

type Message = Extract<ConversationEvent, { type: 'MessageReceived' | 'ReplyWritten' }>;
type MessageMoved = Extract<ConversationEvent, { type: 'MessageMoved' }>;

function written<E extends Message>(): ProjectionStep<SearchedMessage, E, never> {
  return {
    key: ({ position }) => placeOf(position),
    project(_document, { data, metadata }) {
      const { messageId, conversationId, contactId, subjectId, channelId, text } = data;
      const tokens = tokensOf(wordsIn(text));
      return { messageId, conversationId, contactId, subjectId, channelId, at: metadata.at, tokens };
    },
  };
}

/** By which words each message is found. */
export const messageSearchProjection = defineProjection<SearchedMessage, Message | MessageMoved | MessageRedacted>({
  name: messageSearchModel,
  schema: messageSearchSchema,
  indexes: messageSearchIndexes,
  owners: (_id, { contactId, subjectId }) => (contactId === subjectId ? [contactId] : [contactId, subjectId]),
  on: {
    MessageReceived: written(),
    ReplyWritten: written(),
    MessageMoved: {
      key: ({ position }) => placeOf(position),
      project(_document, { data }) {
        const { messageId, conversationId, contactId, subjectId, channelId, writtenAt: at, text } = data;
        if (text === undefined) return removed;
        return { messageId, conversationId, contactId, subjectId, channelId, at, tokens: tokensOf(wordsIn(text)) };
      },
    },
    MessageRedacted: {
      key: ({ data }) => placeOf(data.position),
      // In a log that was copied to another server, places are others: then the text was unreadable from the beginning.
      project: (document, { data }) => (document?.messageId === data.messageId ? removed : document),
    },
  },
});
