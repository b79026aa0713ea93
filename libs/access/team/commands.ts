import type { Command } from '#event-sourcing';

export type CreateTeam = Command<'CreateTeam', { readonly teamId: string; readonly name: string }>;
export type RenameTeam = Command<'RenameTeam', { readonly name: string }>;
export type ArchiveTeam = Command<'ArchiveTeam'>;
/** From now on exactly these members. */
export type ReplaceTeamMembers = Command<
  'ReplaceTeamMembers',
  { readonly userIds: readonly string[]; readonly knownUsers: ReadonlySet<string> }
>;
/** From now on exactly these channels. */
export type ReplaceTeamChannels = Command<
  'ReplaceTeamChannels',
  { readonly channelIds: readonly string[]; readonly knownChannels: ReadonlySet<string> }
>;
/** Who of these is given the conversation? They were found at work, with access to its channel. */
export type GiveTurn = Command<'GiveTurn', { readonly conversationId: string; readonly candidates: readonly string[] }>;

export type TeamCommand = CreateTeam | RenameTeam | ArchiveTeam | ReplaceTeamMembers | ReplaceTeamChannels | GiveTurn;
