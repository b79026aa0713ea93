import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';
import { ofConversation } from './of-conversation.js';
import type { OfConversation } from './of-conversation.js';

/** The waiting has ended with this reply: the conversation is pending. */
export type ConversationAnswered = DomainEvent<'ConversationAnswered', OfConversation & { readonly messageId: string }>;

/** The message did not reach the person, for good; why stands in its delivery's stream. */
export type ReplyFailed = DomainEvent<'ReplyFailed', OfConversation & { readonly messageId: string }>;

/** No answer has reached the person: the conversation is new again, with the waiting time that the answer had ended. */
export type WaitingResumed = DomainEvent<'WaitingResumed', OfConversation & { readonly messageId: string }>;

export const waitingEvents = [
  defineEvent<ConversationAnswered>({
    type: 'ConversationAnswered',
    version: 1,
    sentence: 'The waiting has ended with this reply; the conversation is pending.',
    fields: { ...ofConversation, messageId: field('id') },
  }),
  defineEvent<ReplyFailed>({
    type: 'ReplyFailed',
    version: 1,
    sentence: 'The message did not reach the person, for good.',
    fields: { ...ofConversation, messageId: field('id') },
  }),
  defineEvent<WaitingResumed>({
    type: 'WaitingResumed',
    version: 1,
    sentence:
      'No answer has reached the person: the conversation is new again, with the waiting time that the answer had ended.',
    fields: { ...ofConversation, messageId: field('id') },
  }),
];
