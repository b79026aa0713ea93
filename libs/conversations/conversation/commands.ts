import type { ChannelAccess, Receiver } from '#access/user';
import type { Command } from '#event-sourcing';
import type { AssignmentCause, UnassignmentCause } from './events/assignment.js';
import type { CloseCause } from './events/closing.js';
import type { GivenBack, MessageMoved, WhatStays } from './events/merging.js';
import type { Address, MovedIdentity, Recipient, ReplyWindow } from './events/of-conversation.js';
import type { Opener, SealCause } from './events/opening.js';
import type { AutomaticAuthor } from './events/writing.js';
import type { KnownMessages } from './known-messages.js';
import type { Assignee } from './open-conversation.js';

/** What a conversation begins with, looked up before: its place in the contact's chain. */
export interface Opening {
  readonly conversationId: string;
  readonly contactId: string;
  readonly number: number;
  readonly known: KnownMessages;
  readonly windows?: readonly ReplyWindow[];
  /** The conversation that was rolled over; the next one goes on with it. */
  readonly continues?: string;
  /** What undone merges took from the contact. */
  readonly moved: readonly MovedIdentity[];
  /** There are routing rules, and nobody has the conversation from the beginning (ASG-7). */
  readonly toRoute?: true;
}

/** Whose a conversation is from the beginning (ASG-4). */
interface Kept {
  readonly kept: Assignee;
}

/** The user who has a conversation, as it was known when the command was made. */
export interface AssignedUser {
  readonly userId: string;
  /** `undefined`: there is no such active user any more. */
  readonly access: ChannelAccess | undefined;
  /** They are offline, and the admin wants what waits to be taken off the offline (ASG-3). */
  readonly offline: boolean;
}

/** Which closing notes are asked for (CNV-9). */
export interface ClosingNoteRules {
  readonly mode: 'off' | 'optional' | 'category' | 'both';
  /** Ids of the admin's categories that can be chosen. */
  readonly categoryIds: ReadonlySet<string>;
  /** What automatic closes take; not there: nothing. */
  readonly automaticCategoryId?: string;
}

/** A message or a welcome event has come in; opens the conversation when there is none under this number yet. */
export type ReceiveMessage = Command<
  'ReceiveMessage',
  Opening &
    Kept & {
      readonly kind: 'message' | 'welcome';
      readonly address: Address;
      readonly messageId: string;
      readonly subjectId: string;
      /** Of the identity's claim, when it was read whose the identity is. */
      readonly claimRevision: number;
      readonly externalMessageId: string;
      readonly text: string;
      readonly sentAt?: string;
      /** `undefined`: nobody had it. */
      readonly assigned: AssignedUser | undefined;
    }
>;
/** `onBehalfOf`: what a service acts for, if that is not itself. */
export type OpenByHand = Command<
  'OpenByHand',
  Opening & Kept & { readonly address: Recipient; readonly onBehalfOf?: Extract<Opener, 'automation'> }
>;
/** A saved reply that a message is made from; offered where one of these channels is the current one. */
export interface SavedReplyUsed {
  readonly replyId: string;
  readonly offeredOn: ReadonlySet<string> | 'everywhere';
}

export type WriteReply = Command<
  'WriteReply',
  {
    readonly access: ChannelAccess;
    readonly messageId: string;
    readonly text: string;
    /** The channel that the writer chose; else the reply goes to the current one. */
    readonly chosen?: Recipient;
    readonly disabledChannelIds: ReadonlySet<string>;
    /** What a service says about its own message; a user's always answers. */
    readonly answers: boolean;
    /** Who a service writes for, if that is not itself. */
    readonly writtenBy?: AutomaticAuthor;
    /** The saved reply that it was made from, and where that is offered to the sender (REP-1). */
    readonly savedReply?: SavedReplyUsed;
  }
>;
/** Delivery has failed for good. */
export type RecordReplyFailure = Command<'RecordReplyFailure', { readonly messageId: string }>;
export type Snooze = Command<'Snooze', { readonly access: ChannelAccess; readonly until: string }>;
/** By hand; nothing happens when it is not snoozed. */
export type Wake = Command<'Wake', { readonly access: ChannelAccess }>;
/** The time of this snooze has come; one that was ended or moved meanwhile stays as it is. */
export type EndSnooze = Command<'EndSnooze', { readonly until: string }>;
export type HandToBot = Command<'HandToBot', { readonly access: ChannelAccess; readonly botId: string }>;
export type TakeFromBot = Command<'TakeFromBot', { readonly access: ChannelAccess }>;
/** `known`: the topic can be set. */
export type AddTopic = Command<
  'AddTopic',
  { readonly access: ChannelAccess; readonly topicId: string; readonly known: boolean }
>;
export type RemoveTopic = Command<'RemoveTopic', { readonly access: ChannelAccess; readonly topicId: string }>;
export type AddInternalNote = Command<
  'AddInternalNote',
  {
    readonly access: ChannelAccess;
    readonly noteId: string;
    readonly text: string;
    /** Colleagues whom the note names, with their access; `undefined`: there is no such active user. */
    readonly mentions: readonly { readonly userId: string; readonly access: ChannelAccess | undefined }[];
  }
>;
export type Assign = Command<
  'Assign',
  { readonly access: ChannelAccess; readonly to: Receiver; readonly cause: AssignmentCause }
>;
/**
 * A routing rule has found somebody (ASG-7). `after`: what it was asked for; what was taken off somebody is routed only
 * while it waits.
 */
export type Route = Command<
  'Route',
  {
    readonly access: 'all';
    readonly to: Receiver;
    /** The team that a user was picked in. */
    readonly pickedIn?: string;
    readonly after: 'opening' | 'unassignment';
  }
>;
export type Unassign = Command<'Unassign', { readonly access: ChannelAccess; readonly cause: UnassignmentCause }>;
/** Takes it off a user who cannot have it any more; the team stays. */
export type TakeOff = Command<'TakeOff', { readonly access: 'all'; readonly assigned: AssignedUser }>;
export type Close = Command<
  'Close',
  {
    readonly access: ChannelAccess;
    /** What a service acts for, if that is not itself. */
    readonly onBehalfOf?: Extract<CloseCause, 'automation' | 'bot'>;
    readonly categoryId?: string;
    readonly summary?: string;
    readonly rules: ClosingNoteRules;
  }
>;
/** Closes what is open without anybody asking for it; one that is closed already stays as it is. */
export type CloseAutomatically = Command<
  'CloseAutomatically',
  {
    readonly cause: Extract<CloseCause, 'merge' | 'block' | 'inactivity' | 'rollover'>;
    /** With them it takes the configured category, without it takes no closing note. */
    readonly rules?: ClosingNoteRules;
  }
>;
/** Takes the place of the contact's next conversation. */
export type SealChain = Command<
  'SealChain',
  Opening & { readonly by: SealCause; readonly sealId: string; readonly to?: string }
>;
/**
 * CON-5: somebody whose conversation a merge closed waits; opens the conversation when there is none under this number.
 */
export type TakeOverWaiting = Command<
  'TakeOverWaiting',
  Opening & { readonly mergeId: string; readonly address: Recipient; readonly waitingSince: string }
>;
/** CON-5: a merge was undone, and what was the secondary's leaves the conversation. */
export type DivideConversation = Command<
  'DivideConversation',
  {
    readonly mergeId: string;
    readonly subjectIds: readonly string[];
    readonly moved: readonly MovedIdentity[];
    /** `undefined`: it was the secondary's alone. */
    readonly stays: WhatStays | undefined;
  }
>;
/** CON-5: it goes to one of the secondary's own; opens it when there is none under this number. */
export type GiveBackMessages = Command<
  'GiveBackMessages',
  Opening & {
    readonly mergeId: string;
    readonly since: string;
    readonly subjectIds: readonly string[];
    readonly from: readonly GivenBack[];
    readonly address: Recipient;
    /** Those who wait for an answer to one of them. */
    readonly waiting: readonly { readonly subjectId: string; readonly waitingSince: string }[];
  }
>;
/** CON-5, DEL-6: it was given back, and where it lies now is erased. */
export type MoveMessage = Command<
  'MoveMessage',
  { readonly message: Omit<MessageMoved['data'], 'conversationId' | 'contactId'> }
>;
/** `null` empties a part of the note; what is not named stays. */
export type EditClosingNote = Command<
  'EditClosingNote',
  {
    readonly access: ChannelAccess;
    readonly categoryId?: string | null;
    readonly summary?: string | null;
    readonly rules: ClosingNoteRules;
  }
>;

export type ConversationCommand =
  | ReceiveMessage
  | OpenByHand
  | WriteReply
  | RecordReplyFailure
  | Snooze
  | Wake
  | EndSnooze
  | HandToBot
  | TakeFromBot
  | AddTopic
  | RemoveTopic
  | AddInternalNote
  | Assign
  | Route
  | Unassign
  | TakeOff
  | Close
  | CloseAutomatically
  | SealChain
  | TakeOverWaiting
  | DivideConversation
  | GiveBackMessages
  | MoveMessage
  | EditClosingNote;
