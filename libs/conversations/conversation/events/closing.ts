import { defineEvent, field, personal } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';
import { ofConversation } from './of-conversation.js';
import type { OfConversation } from './of-conversation.js';

/** What closed a conversation (CNV-8). */
export const closeCauses = [
  'user',
  'service',
  'automation',
  'bot',
  'merge',
  'block',
  'inactivity',
  'rollover',
] as const;
export type CloseCause = (typeof closeCauses)[number];

/** The interaction is over; the person's next message opens the next one. */
export type ConversationClosed = DomainEvent<
  'ConversationClosed',
  OfConversation & { readonly cause: CloseCause; readonly categoryId?: string; readonly summary?: string }
>;

/** The closing note says this now; what is not named is empty. */
export type ClosingNoteEdited = DomainEvent<
  'ClosingNoteEdited',
  OfConversation & { readonly categoryId?: string; readonly summary?: string }
>;

const closingNote = {
  categoryId: field('id', { optional: true }),
  summary: personal('contactId', 'text', { optional: true }),
};

export const closingEvents = [
  defineEvent<ConversationClosed>({
    type: 'ConversationClosed',
    version: 1,
    sentence: 'The interaction is over; it leaves the queue, and the next message opens the next one.',
    fields: { ...ofConversation, ...closingNote, cause: field('code') },
  }),
  defineEvent<ClosingNoteEdited>({
    type: 'ClosingNoteEdited',
    version: 1,
    sentence: 'The closing note says this now; nothing else of a closed conversation changes.',
    fields: { ...ofConversation, ...closingNote },
  }),
];
