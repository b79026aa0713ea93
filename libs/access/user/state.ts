import type { UserEvent, UserRole } from './events.js';

/**
 * `unseen`: they have never said where they are; nobody takes anything off them for it (ASG-3). `silent`: taken for
 * offline, until they show a sign of life.
 */
export type Presence = 'unseen' | 'online' | 'away' | 'offline' | 'silent';

/** ASG-3: at work before, and not any more. */
export const isOffline = (presence: Presence): boolean => presence === 'offline' || presence === 'silent';

export interface User {
  readonly userId: string;
  readonly name: string;
  readonly role: UserRole;
  /** False: they have left (OPS-3). */
  readonly active: boolean;
  readonly presence: Presence;
  /** Access to every channel, also to those connected later. */
  readonly allChannels: boolean;
  /** Channels granted one by one. */
  readonly channels: ReadonlySet<string>;
  /** Ids of open conversations that are theirs, or that routing is about to give them. */
  readonly places: ReadonlySet<string>;
}

/** `undefined`: never registered. */
export type UserState = User | undefined;

export const initial: UserState = undefined;

export function evolve(user: UserState, event: UserEvent): UserState {
  if (event.type === 'UserRegistered') {
    const nothingYet = { allChannels: false, channels: new Set<string>(), places: new Set<string>() };
    return { ...event.data, active: true, presence: 'unseen', ...nothingYet };
  }
  if (!user) return undefined;
  switch (event.type) {
    case 'UserRenamed':
      return { ...user, name: event.data.name };
    case 'UserRoleChanged':
      return { ...user, role: event.data.role };
    case 'UserDeactivated':
      return { ...user, active: false };
    case 'UserReactivated':
      return { ...user, active: true };
    case 'AgentCameOnline':
      return { ...user, presence: 'online' };
    case 'AgentWentAway':
      return { ...user, presence: 'away' };
    case 'AgentWentOffline':
      return { ...user, presence: event.data.cause === 'call' ? 'offline' : 'silent' };
    case 'PlaceReserved':
    case 'PlaceTaken':
      return { ...user, places: new Set([...user.places, event.data.conversationId]) };
    case 'PlaceFreed':
      return { ...user, places: without(user.places, event.data.conversationId) };
    case 'ChannelAccessGranted':
      return { ...user, channels: new Set([...user.channels, event.data.channelId]) };
    case 'ChannelAccessRevoked':
      return { ...user, channels: without(user.channels, event.data.channelId) };
    case 'AllChannelAccessGranted':
      return { ...user, allChannels: true };
    case 'AllChannelAccessRevoked':
      return { ...user, allChannels: false };
  }
}

function without(ids: ReadonlySet<string>, gone: string): ReadonlySet<string> {
  return new Set([...ids].filter((id) => id !== gone));
}
