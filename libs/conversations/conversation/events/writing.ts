import { defineEvent, field, personal } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';
import { address, ofConversation } from './of-conversation.js';
import type { Address, OfConversation } from './of-conversation.js';

/** Who writes to a person without being one; each is a door for an engine that acts through a service (CNV-3). */
export const automaticAuthors = ['autoresponder', 'automation', 'bot'] as const;
export type AutomaticAuthor = (typeof automaticAuthors)[number];

/** The person wrote. Somebody waits for an answer from now on, if nobody did before. */
export type MessageReceived = DomainEvent<
  'MessageReceived',
  OfConversation &
    Address & {
      readonly messageId: string;
      /** Contact whose identity wrote; after a merge it can be another one than `contactId`. */
      readonly subjectId: string;
      readonly externalMessageId: string;
      readonly text: string;
      /** The channel's time. */
      readonly sentAt?: string;
      /** Until when the channel takes free text to this identity, where it has such a limit (CNV-5). */
      readonly replyUntil?: string;
    }
>;

/** The person opened the chat without writing (Messenger's "Get started", Viber's conversation start). */
export type WelcomeReceived = DomainEvent<
  'WelcomeReceived',
  OfConversation &
    Address & {
      readonly messageId: string;
      readonly subjectId: string;
      /** The channel's time. */
      readonly sentAt?: string;
      /** Until when the channel takes free text to this identity, where it has such a limit (CNV-5). */
      readonly replyUntil?: string;
    }
>;

/** A colleague or a service wrote to the person; its delivery has a stream of its own. */
export type ReplyWritten = DomainEvent<
  'ReplyWritten',
  OfConversation &
    Address & {
      readonly messageId: string;
      /** Contact whose identity is written to. */
      readonly subjectId: string;
      readonly text: string;
      /** True when it answers the person, false for a notice of a service. */
      readonly answers: boolean;
      /** Not there: the actor wrote it. */
      readonly writtenBy?: AutomaticAuthor;
      /** The saved reply that it was made from (REP-3). */
      readonly savedReplyId?: string;
    }
>;

/** A colleague wrote down something that the person never sees. */
export type InternalNoteAdded = DomainEvent<
  'InternalNoteAdded',
  OfConversation & { readonly noteId: string; readonly text: string }
>;

/** The note asks this colleague to look. */
export type AgentMentioned = DomainEvent<
  'AgentMentioned',
  OfConversation & { readonly noteId: string; readonly userId: string }
>;

export const writingEvents = [
  defineEvent<MessageReceived>({
    type: 'MessageReceived',
    version: 1,
    sentence: 'The person wrote; somebody waits for an answer from now on, if nobody did before.',
    fields: {
      ...ofConversation,
      ...address,
      messageId: field('id'),
      subjectId: field('id'),
      externalMessageId: personal('subjectId'),
      text: personal('subjectId'),
      sentAt: field('instant', { optional: true }),
      replyUntil: field('instant', { optional: true }),
    },
  }),
  defineEvent<WelcomeReceived>({
    type: 'WelcomeReceived',
    version: 1,
    sentence: 'The person opened the chat without writing; it opens a conversation when none is open.',
    fields: {
      ...ofConversation,
      ...address,
      messageId: field('id'),
      subjectId: field('id'),
      sentAt: field('instant', { optional: true }),
      replyUntil: field('instant', { optional: true }),
    },
  }),
  defineEvent<ReplyWritten>({
    type: 'ReplyWritten',
    version: 1,
    sentence: 'A colleague or a service wrote to the person; the delivery of the message starts from here.',
    fields: {
      ...ofConversation,
      ...address,
      messageId: field('id'),
      subjectId: field('id'),
      text: personal('subjectId'),
      answers: field('boolean'),
      writtenBy: field('code', { optional: true }),
      savedReplyId: field('id', { optional: true }),
    },
  }),
  defineEvent<InternalNoteAdded>({
    type: 'InternalNoteAdded',
    version: 1,
    sentence: 'A colleague wrote down something that the person never sees.',
    fields: { ...ofConversation, noteId: field('id'), text: personal('contactId') },
  }),
  defineEvent<AgentMentioned>({
    type: 'AgentMentioned',
    version: 1,
    sentence: 'The note asks this colleague to look.',
    fields: { ...ofConversation, noteId: field('id'), userId: field('id') },
  }),
];
