import type { Actor, ActorRole } from '#event-sourcing';
import type { Team } from '../team/state.js';
import type { AccessDirectory } from './directory.js';
import type { UserRole } from './events.js';

/** Channels that somebody has access to. */
export type ChannelAccess = ReadonlySet<string> | 'all';

/** Whose eyes a query answers for (ASG-6). */
export interface Viewer {
  readonly userId: string;
  readonly role: UserRole;
  readonly channels: ChannelAccess;
}

/** Roles whose access depends on what they were granted; all others see every channel. */
const grantedByChannel: ReadonlySet<ActorRole> = new Set<ActorRole>(['agent', 'analyst']);

const nothing: ReadonlySet<string> = new Set();

/**
 * What the actor of a command may touch (ASG-6): their own channels and those of their teams. The role is the token's,
 * the rest is the directory's.
 */
export function channelAccessOf(directory: AccessDirectory, actor: Actor): ChannelAccess {
  const user = directory.users.get(actor.id);
  if (user?.active === false) return nothing;
  if (!grantedByChannel.has(actor.role)) return 'all';
  if (!user) return nothing;
  if (user.allChannels) return 'all';
  const teams = teamsOf(directory, actor.id);
  return teams.length === 0 ? user.channels : new Set([...user.channels, ...teams.flatMap(channelsOfTeam)]);
}

/** What a conversation can be assigned to this user on (ASG-2); `undefined`: there is no such active user. */
export function assigneeAccessOf(directory: AccessDirectory, userId: string): ChannelAccess | undefined {
  const user = directory.users.get(userId);
  return user?.active ? channelAccessOf(directory, { id: userId, role: user.role }) : undefined;
}

/** Ids of the teams that the user belongs to, without archived ones. */
export function teamIdsOf(directory: AccessDirectory, userId: string): readonly string[] {
  return teamsOf(directory, userId).map(({ teamId }) => teamId);
}

export function viewerOf(
  directory: AccessDirectory,
  caller: { readonly userId: string; readonly role: UserRole },
): Viewer {
  return { ...caller, channels: channelAccessOf(directory, { id: caller.userId, role: caller.role }) };
}

/** Whether any of the channels is among those that somebody has access to. */
export function reaches(access: ChannelAccess, channelIds: readonly string[]): boolean {
  return access === 'all' || channelIds.some((channelId) => access.has(channelId));
}

/** Whether somebody has access to every one of the channels. */
export function reachesAll(access: ChannelAccess, channelIds: readonly string[]): boolean {
  return access === 'all' || channelIds.every((channelId) => access.has(channelId));
}

function teamsOf({ teams }: AccessDirectory, userId: string): readonly Team[] {
  return [...teams.values()].filter(({ archived, members }) => !archived && members.has(userId));
}

const channelsOfTeam = ({ channels }: Team): readonly string[] => [...channels];
