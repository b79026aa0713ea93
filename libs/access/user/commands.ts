import type { Command } from '#event-sourcing';
import type { UserRole } from './events.js';

export type RegisterUser = Command<
  'RegisterUser',
  { readonly userId: string; readonly name: string; readonly role: UserRole }
>;
/** Makes somebody known before they come with a token for the first time. */
export type CreateUser = Command<
  'CreateUser',
  { readonly userId: string; readonly name: string; readonly role: UserRole }
>;
/** Takes over what is named. A new name is the token's again when they come with another one. */
export type ChangeUser = Command<
  'ChangeUser',
  { readonly name: string | undefined; readonly active: boolean | undefined }
>;
/** The user says where they are. */
export type SetPresence = Command<'SetPresence', { readonly presence: 'online' | 'away' | 'offline' }>;
/** A sign of life: who was taken for offline is back. */
export type ShowLife = Command<'ShowLife'>;
/** Nobody has heard of the user since then. */
export type TakeForOffline = Command<'TakeForOffline', { readonly lastSeenAt: string }>;
/** Routing wants to give the user this conversation; `atMost`: only while they have so many others at most. */
export type ReservePlace = Command<
  'ReservePlace',
  {
    readonly conversationId: string;
    /** Open conversations that routing gives one agent; `null`: any number. */
    readonly limit: number | null;
    readonly atMost: number | null;
    /** One of a team is given it only while they are at work (ASG-7). */
    readonly onlyOnline: boolean;
  }
>;
/** The conversation is theirs already, however it came to be. */
export type TakePlace = Command<'TakePlace', { readonly conversationId: string }>;
export type FreePlace = Command<'FreePlace', { readonly conversationId: string }>;
export type GrantChannelAccess = Command<
  'GrantChannelAccess',
  { readonly userId: string; readonly channelId: string; readonly knownChannels: ReadonlySet<string> }
>;
export type RevokeChannelAccess = Command<
  'RevokeChannelAccess',
  { readonly userId: string; readonly channelId: string }
>;
/** From now on exactly these channels. */
export type ReplaceChannelAccess = Command<
  'ReplaceChannelAccess',
  { readonly userId: string; readonly channelIds: readonly string[]; readonly knownChannels: ReadonlySet<string> }
>;
export type GrantAllChannelAccess = Command<'GrantAllChannelAccess', { readonly userId: string }>;

export type UserCommand =
  | RegisterUser
  | CreateUser
  | ChangeUser
  | SetPresence
  | ShowLife
  | TakeForOffline
  | ReservePlace
  | TakePlace
  | FreePlace
  | GrantChannelAccess
  | RevokeChannelAccess
  | ReplaceChannelAccess
  | GrantAllChannelAccess;
