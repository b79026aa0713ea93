import type { Medium } from '#channels/channel';
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
export const openers = ['message', 'welcome', 'user', 'service', 'automation', 'merge'] as const;
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

/** What ended a snooze: its time, a colleague, or something that happened to the conversation. */
export const snoozeEnds = ['time', 'hand', 'message', 'reply', 'failure'] as const;
export type SnoozeEnd = (typeof snoozeEnds)[number];

/** Who writes to a person without being one; each is a door for an engine that acts through a service (CNV-3). */
export const automaticAuthors = ['autoresponder', 'automation', 'bot'] as const;
export type AutomaticAuthor = (typeof automaticAuthors)[number];

/** What gave a conversation into a bot's hands, or took it back. */
export type HandOverCause = 'hand' | 'reply';

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

/** Until when the channel takes free text to this identity (CNV-5). */
export interface ReplyWindow {
  readonly channelId: string;
  readonly identityKey: string;
  readonly until: string;
}

/** How one of the contact's identities is reached, and the contact that claimed it (another one after a merge). */
export interface Recipient extends Address {
  readonly subjectId: string;
}

/**
 * An identity that a merge gave to another contact, with the revision of its claim since then: who read the claim
 * before that is told to read it anew.
 */
export interface MovedIdentity {
  readonly identityKey: string;
  readonly revision: number;
}

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
/** The waiting has ended with this reply: the conversation is pending. */
export type ConversationAnswered = DomainEvent<'ConversationAnswered', OfConversation & { readonly messageId: string }>;
/** The message did not reach the person, for good; why stands in its delivery's stream. */
export type ReplyFailed = DomainEvent<'ReplyFailed', OfConversation & { readonly messageId: string }>;
/** No answer has reached the person: the conversation is new again, with the waiting time that the answer had ended. */
export type WaitingResumed = DomainEvent<'WaitingResumed', OfConversation & { readonly messageId: string }>;
/** Set aside until this time; then it is new, unless it wakes before. */
export type ConversationSnoozed = DomainEvent<'ConversationSnoozed', OfConversation & { readonly until: string }>;
/** The conversation is new again; what follows in the same append may change that. */
export type SnoozeEnded = DomainEvent<'SnoozeEnded', OfConversation & { readonly cause: SnoozeEnd }>;
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
/** The conversation has this topic from now on. */
export type TopicAdded = DomainEvent<'TopicAdded', OfConversation & { readonly topicId: string }>;
export type TopicRemoved = DomainEvent<'TopicRemoved', OfConversation & { readonly topicId: string }>;
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
    readonly moved?: readonly MovedIdentity[];
  }
>;
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
export interface WhatStays {
  readonly channelIds: readonly string[];
  readonly current: Recipient;
  /** Not there: nobody waits. */
  readonly waitingSince?: string;
}
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
/** What of one conversation went to another. */
export interface GivenBack {
  readonly conversationId: string;
  readonly messages: number;
  /** Channels that these messages were on. */
  readonly channelIds: readonly string[];
  /** Channels that the others were on. */
  readonly left: readonly string[];
}

export type ConversationEvent =
  | ConversationOpened
  | MessageReceived
  | WelcomeReceived
  | ReplyWritten
  | ConversationAnswered
  | ReplyFailed
  | WaitingResumed
  | ConversationSnoozed
  | SnoozeEnded
  | ConversationHandedToBot
  | ConversationTakenFromBot
  | TopicAdded
  | TopicRemoved
  | InternalNoteAdded
  | AgentMentioned
  | ConversationAssigned
  | ConversationUnassigned
  | ConversationClosed
  | ClosingNoteEdited
  | ConversationChainSealed
  | WaitingTakenOver
  | ConversationDivided
  | MessagesGivenBack;
