import type { Medium } from '#channels/channel';
import { defineEvent, field, personal } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';
import type { KnownMessages } from './known-messages.js';

/** The n-th conversation of a contact, from 1. */
export const conversationIdOf = (contactId: string, number: number): string => `${contactId}.${number}`;
export const conversationStream = (conversationId: string): string => `conversation-${conversationId}`;

/** The parts of a conversation's id; `undefined` when it cannot be one. */
export function parseConversationId(id: string): { contactId: string; number: number } | undefined {
  const parts = /^([0-9A-Za-z-]{1,64})\.([1-9][0-9]{0,8})$/.exec(id);
  return parts?.[1] === undefined ? undefined : { contactId: parts[1], number: Number(parts[2]) };
}

/** What opened a conversation (CNV-2). */
export const openers = ['message', 'welcome', 'user', 'service', 'automation'] as const;
export type Opener = (typeof openers)[number];

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

/** What assigned a conversation. */
export const assignmentCauses = ['opening', 'reply', 'hand', 'kept', 'routing', 'automation', 'bot'] as const;
export type AssignmentCause = (typeof assignmentCauses)[number];

/** What took an assignment away. */
export const unassignmentCauses = ['hand', 'offline', 'access-lost', 'deactivated', 'automation'] as const;
export type UnassignmentCause = (typeof unassignmentCauses)[number];

interface OfConversation {
  readonly conversationId: string;
  readonly contactId: string;
}

/** How the person is reached: the channel and the identity there. */
export interface Address {
  readonly channelId: string;
  readonly medium: Medium;
  readonly identityKey: string;
}

/**
 * An interaction with a contact begins. `known` are the inbound messages of the contact's earlier conversations that
 * can still be delivered again.
 */
export type ConversationOpened = DomainEvent<
  'ConversationOpened',
  OfConversation & Address & { readonly number: number; readonly openedBy: Opener; readonly known: KnownMessages }
>;
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
    }
>;
/** The waiting has ended with this reply: the conversation is pending. */
export type ConversationAnswered = DomainEvent<'ConversationAnswered', OfConversation & { readonly messageId: string }>;
/** A colleague wrote down something that the person never sees. */
export type InternalNoteAdded = DomainEvent<
  'InternalNoteAdded',
  OfConversation & { readonly noteId: string; readonly text: string }
>;
/** The conversation is this user's and this team's from now on; what is not named is not assigned. */
export type ConversationAssigned = DomainEvent<
  'ConversationAssigned',
  OfConversation & { readonly userId?: string; readonly teamId?: string; readonly cause: AssignmentCause }
>;
/** Named are the user and the team that were taken off. */
export type ConversationUnassigned = DomainEvent<
  'ConversationUnassigned',
  OfConversation & { readonly userId?: string; readonly teamId?: string; readonly cause: UnassignmentCause }
>;
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

/** What took the place of a next conversation (CON-5, CON-6). */
export const sealCauses = ['merge', 'block'] as const;
export type SealCause = (typeof sealCauses)[number];

/**
 * Stands where the contact's next conversation would begin, so that nobody can open it: who meets it reads anew whose
 * the identity is and whether the contact may write. When it is over, the chain goes on at the number after it.
 */
export type ConversationChainSealed = DomainEvent<
  'ConversationChainSealed',
  OfConversation & {
    readonly number: number;
    readonly by: SealCause;
    /** The block or the merge that it belongs to; only while that is in force does it hold anybody back. */
    readonly sealId: string;
    /** The contact that the merge moves everything to. */
    readonly to?: string;
    readonly known: KnownMessages;
  }
>;

export type ConversationEvent =
  | ConversationOpened
  | MessageReceived
  | WelcomeReceived
  | ReplyWritten
  | ConversationAnswered
  | InternalNoteAdded
  | ConversationAssigned
  | ConversationUnassigned
  | ConversationClosed
  | ClosingNoteEdited
  | ConversationChainSealed;

const ofConversation = { conversationId: field('id'), contactId: field('id') };
const address = { channelId: field('id'), medium: field('code'), identityKey: field('hash') };
const assignee = { userId: field('id', { optional: true }), teamId: field('id', { optional: true }) };
const closingNote = {
  categoryId: field('id', { optional: true }),
  summary: personal('contactId', 'text', { optional: true }),
};

export const conversationEvents = {
  categories: ['conversation'],
  definitions: [
    defineEvent<ConversationOpened>({
      type: 'ConversationOpened',
      version: 1,
      sentence:
        'An interaction with a contact begins; it carries what is needed to know a late redelivery of an earlier message.',
      fields: { ...ofConversation, ...address, number: field('number'), openedBy: field('code'), known: field('json') },
    }),
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
      },
    }),
    defineEvent<ConversationAnswered>({
      type: 'ConversationAnswered',
      version: 1,
      sentence: 'The waiting has ended with this reply; the conversation is pending.',
      fields: { ...ofConversation, messageId: field('id') },
    }),
    defineEvent<InternalNoteAdded>({
      type: 'InternalNoteAdded',
      version: 1,
      sentence: 'A colleague wrote down something that the person never sees.',
      fields: { ...ofConversation, noteId: field('id'), text: personal('contactId') },
    }),
    defineEvent<ConversationAssigned>({
      type: 'ConversationAssigned',
      version: 1,
      sentence: 'The conversation is this user’s and this team’s from now on; what is not named is not assigned.',
      fields: { ...ofConversation, ...assignee, cause: field('code') },
    }),
    defineEvent<ConversationUnassigned>({
      type: 'ConversationUnassigned',
      version: 1,
      sentence: 'The named user and team were taken off the conversation.',
      fields: { ...ofConversation, ...assignee, cause: field('code') },
    }),
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
    defineEvent<ConversationChainSealed>({
      type: 'ConversationChainSealed',
      version: 1,
      sentence:
        'Stands where the contact’s next conversation would begin: who meets it reads anew whose the identity is and whether the contact may write.',
      fields: {
        ...ofConversation,
        number: field('number'),
        by: field('code'),
        sealId: field('id'),
        to: field('id', { optional: true }),
        known: field('json'),
      },
    }),
  ],
};
