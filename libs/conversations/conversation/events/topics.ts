import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';
import { ofConversation } from './of-conversation.js';
import type { OfConversation } from './of-conversation.js';

/** The conversation has this topic from now on. */
export type TopicAdded = DomainEvent<'TopicAdded', OfConversation & { readonly topicId: string }>;

export type TopicRemoved = DomainEvent<'TopicRemoved', OfConversation & { readonly topicId: string }>;

export const topicsEvents = [
  defineEvent<TopicAdded>({
    type: 'TopicAdded',
    version: 1,
    sentence: 'The conversation has this topic from now on.',
    fields: { ...ofConversation, topicId: field('id') },
  }),
  defineEvent<TopicRemoved>({
    type: 'TopicRemoved',
    version: 1,
    sentence: 'The conversation has this topic no more.',
    fields: { ...ofConversation, topicId: field('id') },
  }),
];
