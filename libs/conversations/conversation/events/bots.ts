import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';
import { ofConversation } from './of-conversation.js';
import type { OfConversation } from './of-conversation.js';

/** What gave a conversation into a bot's hands, or took it back. */
export type HandOverCause = 'hand' | 'reply';

/** A bot speaks for us from now on: its messages answer (CNV-3). */
export type ConversationHandedToBot = DomainEvent<
  'ConversationHandedToBot',
  OfConversation & { readonly botId: string }
>;

/** People speak again. */
export type ConversationTakenFromBot = DomainEvent<
  'ConversationTakenFromBot',
  OfConversation & { readonly botId: string; readonly cause: HandOverCause }
>;

export const botsEvents = [
  defineEvent<ConversationHandedToBot>({
    type: 'ConversationHandedToBot',
    version: 1,
    sentence: 'A bot speaks for us from now on: its messages answer.',
    fields: { ...ofConversation, botId: field('id') },
  }),
  defineEvent<ConversationTakenFromBot>({
    type: 'ConversationTakenFromBot',
    version: 1,
    sentence: 'People speak again instead of the bot.',
    fields: { ...ofConversation, botId: field('id'), cause: field('code') },
  }),
];
