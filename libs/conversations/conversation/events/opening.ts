import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';
import type { KnownMessages } from '../known-messages.js';
import { address, ofConversation } from './of-conversation.js';
import type { Address, MovedIdentity, OfConversation, ReplyWindow } from './of-conversation.js';

/** What opened a conversation (CNV-2). */
export const openers = ['message', 'welcome', 'user', 'service', 'automation', 'merge'] as const;
export type Opener = (typeof openers)[number];

/** What took the place of a next conversation (CON-5, CON-6). */
export const sealCauses = ['merge', 'block'] as const;
export type SealCause = (typeof sealCauses)[number];

/**
 * An interaction with a contact begins. `known` are the inbound messages of the contact's earlier conversations that
 * can still be delivered again.
 */
export type ConversationOpened = DomainEvent<
  'ConversationOpened',
  OfConversation &
    Address & {
      readonly number: number;
      readonly openedBy: Opener;
      readonly known: KnownMessages;
      /** Reply windows of the conversation before, which may still be open. */
      readonly windows?: readonly ReplyWindow[];
      /** The conversation that was rolled over into this one (CNV-8). */
      readonly continues?: string;
      /** Contact whose identity it is opened with, when a merge brought it. */
      readonly subjectId?: string;
      /** What undone merges took from the contact. */
      readonly moved?: readonly MovedIdentity[];
      /** Routing is asked who is given it (ASG-7); not there: there were no rules, or there is nothing to ask. */
      readonly toRoute?: true;
    }
>;

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
    readonly moved?: readonly MovedIdentity[];
  }
>;

export const openingEvents = [
  defineEvent<ConversationOpened>({
    type: 'ConversationOpened',
    version: 1,
    sentence:
      'An interaction with a contact begins; it carries what is needed to know a late redelivery of an earlier message.',
    fields: {
      ...ofConversation,
      ...address,
      number: field('number'),
      openedBy: field('code'),
      known: field('json'),
      windows: field('json', { optional: true }),
      continues: field('id', { optional: true }),
      subjectId: field('id', { optional: true }),
      moved: field('json', { optional: true }),
      toRoute: field('boolean', { optional: true }),
    },
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
      moved: field('json', { optional: true }),
    },
  }),
];
