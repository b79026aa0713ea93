import type { ChannelAccess, Receiver } from '#access/user';
import type { Command } from '#event-sourcing';
import type { Address, AssignmentCause, SealCause, UnassignmentCause } from './events.js';
import type { KnownMessages } from './known-messages.js';
import type { Assignee } from './state.js';

/** What a conversation begins with, looked up before: its place in the contact's chain. */
export interface Opening {
  readonly conversationId: string;
  readonly contactId: string;
  readonly number: number;
  readonly known: KnownMessages;
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
      readonly externalMessageId: string;
      readonly text: string;
      readonly sentAt?: string;
      /** `undefined`: nobody had it. */
      readonly assigned: AssignedUser | undefined;
    }
>;
export type OpenByHand = Command<'OpenByHand', Opening & Kept & { readonly address: Address }>;
export type WriteReply = Command<
  'WriteReply',
  {
    readonly access: ChannelAccess;
    readonly messageId: string;
    readonly text: string;
    /** The channel that the writer chose; else the reply goes to the current one. */
    readonly chosen?: Address;
    readonly disabledChannelIds: ReadonlySet<string>;
    /** What a service says about its own message; a user's always answers. */
    readonly answers: boolean;
  }
>;
export type AddInternalNote = Command<
  'AddInternalNote',
  { readonly access: ChannelAccess; readonly noteId: string; readonly text: string }
>;
export type Assign = Command<
  'Assign',
  { readonly access: ChannelAccess; readonly to: Receiver; readonly cause: AssignmentCause }
>;
export type Unassign = Command<'Unassign', { readonly access: ChannelAccess; readonly cause: UnassignmentCause }>;
/** Takes it off a user who cannot have it any more; the team stays. */
export type TakeOff = Command<'TakeOff', { readonly access: 'all'; readonly assigned: AssignedUser }>;
export type Close = Command<
  'Close',
  {
    readonly access: ChannelAccess;
    readonly categoryId?: string;
    readonly summary?: string;
    readonly rules: ClosingNoteRules;
  }
>;
/** Closes what is open without anybody asking for it: takes no closing note. */
export type CloseAutomatically = Command<'CloseAutomatically', { readonly cause: 'merge' | 'block' }>;
/** Takes the place of the contact's next conversation. */
export type SealChain = Command<
  'SealChain',
  Opening & { readonly by: SealCause; readonly sealId: string; readonly to?: string }
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
  | AddInternalNote
  | Assign
  | Unassign
  | TakeOff
  | Close
  | CloseAutomatically
  | SealChain
  | EditClosingNote;
