import { defineEvent, field, personal } from '#event-sourcing';
import type { Actor, DomainEvent } from '#event-sourcing';
import type { DeliveryState } from '../../outbound/state.js';
import { address, ofConversation } from './of-conversation.js';
import type { Address, MovedIdentity, OfConversation, Recipient } from './of-conversation.js';
import type { AutomaticAuthor } from './writing.js';

export interface WhatStays {
  readonly channelIds: readonly string[];
  readonly current: Recipient;
  /** Not there: nobody waits. */
  readonly waitingSince?: string;
}

/** What of one conversation went to another. */
export interface GivenBack {
  readonly conversationId: string;
  /** Where the messages lie; not there: in that conversation. Another undone merge gave it what lies elsewhere. */
  readonly liesIn?: string;
  readonly messages: number;
  /** Channels that these messages were on. */
  readonly channelIds: readonly string[];
  /** Channels that the others were on. */
  readonly left: readonly string[];
}

/** A merge closed a conversation in which this person waited: they wait in this one, as long as they did there. */
export type WaitingTakenOver = DomainEvent<
  'WaitingTakenOver',
  OfConversation & { readonly mergeId: string; readonly subjectId: string; readonly waitingSince: string }
>;

/** A merge was undone: nothing of the secondary's is in this conversation any more, and nothing of it comes in. */
export type ConversationDivided = DomainEvent<
  'ConversationDivided',
  OfConversation & {
    readonly mergeId: string;
    readonly subjectIds: readonly string[];
    readonly moved: readonly MovedIdentity[];
    /** What is left of it; nothing, when it was the secondary's alone. */
    readonly stays?: WhatStays;
  }
>;

/**
 * Messages that came and went through these contacts' identities while a merge was in force belong here since it was
 * undone. They are referred to, never copied.
 */
export type MessagesGivenBack = DomainEvent<
  'MessagesGivenBack',
  OfConversation & {
    readonly mergeId: string;
    /** When the merge came into force: what is older was given back before. */
    readonly since: string;
    readonly subjectIds: readonly string[];
    readonly from: readonly GivenBack[];
  }
>;

/**
 * A message that was given back lay in a conversation of another contact, which is erased; from now on it stands here.
 * When and by whom it was written stays what it was.
 */
export type MessageMoved = DomainEvent<
  'MessageMoved',
  OfConversation &
    Address & {
      readonly messageId: string;
      readonly subjectId: string;
      readonly direction: 'in' | 'out';
      /** Not there: it was redacted. */
      readonly text?: string;
      readonly sentAt?: string;
      /** Id of the event that wrote it: whoever redacts the message makes that one unreadable, too. */
      readonly origin: string;
      readonly writtenAt: string;
      /** Where it stood in the log: our order. */
      readonly position: number;
      readonly author: Actor;
      readonly writtenBy?: AutomaticAuthor;
      readonly savedReplyId?: string;
      /** Of an outgoing one: how far its delivery was by then, and why it failed. */
      readonly state?: DeliveryState;
      readonly failure?: string;
    }
>;

export const mergingEvents = [
  defineEvent<WaitingTakenOver>({
    type: 'WaitingTakenOver',
    version: 1,
    sentence: 'A merge closed a conversation in which this person waited: they wait in this one, as long as there.',
    fields: {
      ...ofConversation,
      mergeId: field('id'),
      subjectId: field('id'),
      waitingSince: field('instant'),
    },
  }),
  defineEvent<ConversationDivided>({
    type: 'ConversationDivided',
    version: 1,
    sentence: 'A merge was undone: nothing of the secondary’s is in this conversation any more, and nothing comes in.',
    fields: {
      ...ofConversation,
      mergeId: field('id'),
      subjectIds: field('id', { list: true }),
      moved: field('json'),
      stays: field('json', { optional: true }),
    },
  }),
  defineEvent<MessagesGivenBack>({
    type: 'MessagesGivenBack',
    version: 1,
    sentence: 'Messages of these contacts’ identities belong here since a merge was undone; they are referred to.',
    fields: {
      ...ofConversation,
      mergeId: field('id'),
      since: field('instant'),
      subjectIds: field('id', { list: true }),
      from: field('json'),
    },
  }),
  defineEvent<MessageMoved>({
    type: 'MessageMoved',
    version: 1,
    sentence:
      'A message that was given back lay in a conversation of another contact, which is erased; from now on it stands here.',
    fields: {
      ...ofConversation,
      ...address,
      messageId: field('id'),
      subjectId: field('id'),
      direction: field('code'),
      text: personal('subjectId', 'text', { optional: true }),
      sentAt: field('instant', { optional: true }),
      origin: field('id'),
      writtenAt: field('instant'),
      position: field('number'),
      author: field('json'),
      writtenBy: field('code', { optional: true }),
      savedReplyId: field('id', { optional: true }),
      state: field('code', { optional: true }),
      failure: personal('subjectId', 'text', { optional: true }),
    },
  }),
];
