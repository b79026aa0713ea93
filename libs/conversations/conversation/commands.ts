import type { ChannelAccess } from '#access/user';
import type { Command } from '#event-sourcing';
import type { Address } from './events.js';
import type { KnownMessages } from './known-messages.js';

/** What a conversation begins with, looked up before: its place in the contact's chain. */
export interface Opening {
  readonly conversationId: string;
  readonly contactId: string;
  readonly number: number;
  readonly known: KnownMessages;
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
  Opening & {
    readonly kind: 'message' | 'welcome';
    readonly address: Address;
    readonly messageId: string;
    readonly subjectId: string;
    readonly externalMessageId: string;
    readonly text: string;
    readonly sentAt?: string;
  }
>;
export type OpenByHand = Command<'OpenByHand', Opening & { readonly address: Address }>;
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
  {
    readonly access: ChannelAccess;
    readonly userId: string;
    /** `undefined`: there is no such user, or not any more. */
    readonly assigneeAccess: ChannelAccess | undefined;
  }
>;
export type Unassign = Command<'Unassign', { readonly access: ChannelAccess }>;
export type Close = Command<
  'Close',
  {
    readonly access: ChannelAccess;
    readonly categoryId?: string;
    readonly summary?: string;
    readonly rules: ClosingNoteRules;
  }
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
  ReceiveMessage | OpenByHand | WriteReply | AddInternalNote | Assign | Unassign | Close | EditClosingNote;
