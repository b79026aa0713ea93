import type { ChannelAccess, Receiver } from '#access/user';
import type { AttributeDefinition, AttributeValue, PlatformValue } from '#attributes/attributes';
import type { Medium } from '#channels/channel';
import type { Command } from '#event-sourcing';
import type { ExternalIdentity } from '../identity/index.js';
import type { ValueSource } from './events/attributes.js';
import type { BorrowedValue } from './events/merging.js';
import type { ContactAssignee } from './known-contact.js';

/** An identity that the contact has claimed, and the channel on which it was met, if any. */
export interface ClaimedIdentity extends ExternalIdentity {
  readonly identityKey: string;
  readonly channelId: string | undefined;
}

/** A value that somebody wants set: `definition` is `undefined` when the catalogue has no attribute of that name. */
export interface WantedValue {
  readonly name: string;
  readonly definition: AttributeDefinition | undefined;
  readonly value: unknown;
  /** Of the value, where it fits (LNK-2). */
  readonly matchKeys: readonly string[];
}

/** Whom the sender may touch (ASG-6). */
interface WithAccess {
  readonly access: ChannelAccess;
}

/** The notes of a merged contact stay with it, and are edited by who sees its primary. */
interface ThroughPrimary {
  readonly throughPrimary: boolean;
}

/** Makes the contact if it is not there, and attaches what identities it lacks. */
export type EnsureContact = Command<
  'EnsureContact',
  { readonly contactId: string; readonly identities: readonly ClaimedIdentity[] }
>;
export type CreateContact = Command<
  'CreateContact',
  {
    readonly contactId: string;
    readonly identities: readonly ClaimedIdentity[];
    readonly name: string | undefined;
    readonly values: readonly WantedValue[];
    readonly vipEnabled: boolean;
    readonly source: ValueSource;
  }
>;
/** What an inbound message says about the person. */
export type RecordProfile = Command<
  'RecordProfile',
  {
    readonly contactId: string;
    readonly channelId: string;
    readonly medium: Medium;
    readonly identityKey: string;
    readonly displayName: string | undefined;
    readonly values: readonly (PlatformValue & { readonly matchKeys: readonly string[] })[];
    readonly language: string | undefined;
  }
>;
export type RenameContact = Command<
  'RenameContact',
  WithAccess & { readonly contactId: string; readonly name: string }
>;
export type SetAttribute = Command<
  'SetAttribute',
  WithAccess &
    WantedValue & {
      /** What the contact shows of others since merges. */
      readonly borrowed: readonly ShownValue[];
      readonly contactId: string;
      readonly vipEnabled: boolean;
      readonly source: ValueSource;
    }
>;
export type ClearAttribute = Command<
  'ClearAttribute',
  WithAccess & Omit<WantedValue, 'value' | 'matchKeys'> & { readonly contactId: string; readonly source: ValueSource }
>;
/** ATT-7: the value has outlived its retention. */
export type ExpireValue = Command<
  'ExpireValue',
  { readonly contactId: string; readonly alias: string; readonly medium?: Medium }
>;
export type MarkVip = Command<
  'MarkVip',
  WithAccess & { readonly contactId: string; readonly vipEnabled: boolean; readonly source: ValueSource }
>;
export type UnmarkVip = Command<'UnmarkVip', WithAccess & { readonly contactId: string; readonly source: ValueSource }>;
export type AddContactNote = Command<
  'AddContactNote',
  WithAccess & { readonly contactId: string; readonly noteId: string; readonly text: string }
>;
export type EditContactNote = Command<
  'EditContactNote',
  WithAccess & ThroughPrimary & { readonly contactId: string; readonly noteId: string; readonly text: string }
>;
export type RemoveContactNote = Command<
  'RemoveContactNote',
  WithAccess & ThroughPrimary & { readonly contactId: string; readonly noteId: string }
>;
/** What was looked up in the chain of conversations: how many there are, and who had the last. */
interface BetweenConversations {
  readonly afterConversation: number;
  readonly heldBy: ContactAssignee;
}
export type AssignContact = Command<
  'AssignContact',
  WithAccess & BetweenConversations & { readonly contactId: string; readonly to: Receiver }
>;
export type UnassignContact = Command<
  'UnassignContact',
  WithAccess & BetweenConversations & { readonly contactId: string; readonly openConversationId: string | undefined }
>;
export type BlockContact = Command<
  'BlockContact',
  WithAccess & { readonly contactId: string; readonly blockId: string; readonly reason: string | undefined }
>;
export type UnblockContact = Command<'UnblockContact', WithAccess & { readonly contactId: string }>;
/** A message has come from a contact that was found blocked. */
export type RecordBlockedMessage = Command<
  'RecordBlockedMessage',
  {
    readonly contactId: string;
    readonly messageId: string;
    readonly channelId: string;
    readonly identityKey: string;
    readonly sentAt: string | undefined;
  }
>;
/** CON-5: the contact goes into the primary; `mergeId` numbers its merges. */
export type HandOverContact = Command<
  'HandOverContact',
  {
    readonly contactId: string;
    readonly mergeId: string;
    readonly primaryId: string;
    readonly winners: readonly BorrowedValue[];
  }
>;
export type GiveBackContact = Command<'GiveBackContact', { readonly contactId: string; readonly mergeId: string }>;
/** A value that a contact shows, and whose it is. */
export interface ShownValue extends BorrowedValue {
  readonly value: AttributeValue;
}
/** CON-5: the primary takes the secondary in. */
export type AbsorbContact = Command<
  'AbsorbContact',
  {
    readonly contactId: string;
    readonly mergeId: string;
    readonly secondary: {
      readonly contactId: string;
      /** With those that were merged into it before. */
      readonly contactIds: readonly string[];
      readonly values: readonly ShownValue[];
      readonly vip: boolean;
      readonly isBlocked: boolean;
    };
    /** What the primary shows of earlier merges. */
    readonly borrowed: readonly ShownValue[];
    readonly winners: readonly BorrowedValue[];
  }
>;
export type UndoMerge = Command<'UndoMerge', WithAccess & { readonly contactId: string; readonly mergeId: string }>;
export type RequestDeletion = Command<
  'RequestDeletion',
  {
    readonly contactId: string;
    readonly erasureId: string;
    /** As the admin typed it. */
    readonly hint: string;
    /** The hint of the contact with what was merged into it; `undefined`: nothing was. */
    readonly wholeHint: string | undefined;
    /** Contacts that were merged into it, as the sender knows; they go with it. */
    readonly mergedIds: readonly string[];
    readonly reason: string;
    readonly note: string | undefined;
    readonly adminName: string;
  }
>;

/** What a person or a service does to a contact that is there. */
export type TouchingCommand =
  | RenameContact
  | SetAttribute
  | ClearAttribute
  | MarkVip
  | UnmarkVip
  | AddContactNote
  | EditContactNote
  | RemoveContactNote
  | AssignContact
  | UnassignContact
  | BlockContact
  | UnblockContact
  | UndoMerge;

export type ContactCommand =
  | ExpireValue
  | EnsureContact
  | CreateContact
  | RecordProfile
  | RecordBlockedMessage
  | HandOverContact
  | GiveBackContact
  | AbsorbContact
  | RequestDeletion
  | TouchingCommand;
