import type { Command } from '#event-sourcing';
import type { UserRole } from './events.js';

export type RegisterUser = Command<
  'RegisterUser',
  { readonly userId: string; readonly name: string; readonly role: UserRole }
>;
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
  RegisterUser | GrantChannelAccess | RevokeChannelAccess | ReplaceChannelAccess | GrantAllChannelAccess;
