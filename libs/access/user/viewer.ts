import type { Actor, ActorRole } from '#event-sourcing';
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

/** What the actor of a command may touch (ASG-6). The role is the token's, the channels are the directory's. */
export function channelAccessOf(users: AccessDirectory, actor: Actor): ChannelAccess {
  if (!grantedByChannel.has(actor.role)) return 'all';
  const user = users.get(actor.id);
  if (!user) return nothing;
  return user.allChannels ? 'all' : user.channels;
}

export function viewerOf(users: AccessDirectory, caller: { readonly userId: string; readonly role: UserRole }): Viewer {
  return { ...caller, channels: channelAccessOf(users, { id: caller.userId, role: caller.role }) };
}

/** Whether any of the channels is among those that somebody has access to. */
export function reaches(access: ChannelAccess, channelIds: readonly string[]): boolean {
  return access === 'all' || channelIds.some((channelId) => access.has(channelId));
}
