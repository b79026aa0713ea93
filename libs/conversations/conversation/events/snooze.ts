import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';
import { ofConversation } from './of-conversation.js';
import type { OfConversation } from './of-conversation.js';

/** What ended a snooze: its time, a colleague, or something that happened to the conversation. */
export const snoozeEnds = ['time', 'hand', 'message', 'reply', 'failure'] as const;
export type SnoozeEnd = (typeof snoozeEnds)[number];

/** Set aside until this time; then it is new, unless it wakes before. */
export type ConversationSnoozed = DomainEvent<'ConversationSnoozed', OfConversation & { readonly until: string }>;

/** The conversation is new again; what follows in the same append may change that. */
export type SnoozeEnded = DomainEvent<'SnoozeEnded', OfConversation & { readonly cause: SnoozeEnd }>;

export const snoozeEvents = [
  defineEvent<ConversationSnoozed>({
    type: 'ConversationSnoozed',
    version: 1,
    sentence: 'Set aside until this time; then it is new, unless it wakes before.',
    fields: { ...ofConversation, until: field('instant') },
  }),
  defineEvent<SnoozeEnded>({
    type: 'SnoozeEnded',
    version: 1,
    sentence: 'The conversation is new again; what follows in the same append may change that.',
    fields: { ...ofConversation, cause: field('code') },
  }),
];
