import type { ChannelAccess, Receiver } from '#access/user';
import type { AttributeDefinition, PlatformValue } from '#attributes/attributes';
import type { Medium } from '#channels/channel';
import type { Command } from '#event-sourcing';
import type { ExternalIdentity } from '../identity/index.js';
import type { ValueSource } from './events.js';
import type { ContactAssignee } from './state.js';

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
  WithAccess & WantedValue & { readonly contactId: string; readonly vipEnabled: boolean; readonly source: ValueSource }
>;
export type ClearAttribute = Command<
  'ClearAttribute',
  WithAccess & Omit<WantedValue, 'value' | 'matchKeys'> & { readonly contactId: string; readonly source: ValueSource }
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
  WithAccess & { readonly contactId: string; readonly noteId: string; readonly text: string }
>;
export type RemoveContactNote = Command<
  'RemoveContactNote',
  WithAccess & { readonly contactId: string; readonly noteId: string }
>;
/** What was looked up in the chain of conversations: how many there are, all closed, and who had the last. */
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
  WithAccess & BetweenConversations & { readonly contactId: string }
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
export type RequestDeletion = Command<
  'RequestDeletion',
  {
    readonly contactId: string;
    readonly erasureId: string;
    /** As the admin typed it. */
    readonly hint: string;
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
  | UnblockContact;

export type ContactCommand =
  EnsureContact | CreateContact | RecordProfile | RecordBlockedMessage | RequestDeletion | TouchingCommand;
