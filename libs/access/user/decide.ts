import type { Decider } from '#event-sourcing';
import type {
  ChangeUser,
  CreateUser,
  GrantChannelAccess,
  RegisterUser,
  ReplaceChannelAccess,
  ReservePlace,
  SetPresence,
  UserCommand,
} from './commands.js';
import type { UserEvent } from './events.js';
import type { UserRefusal } from './refusals.js';
import { evolve, initial, isOffline } from './state.js';
import type { User, UserState } from './state.js';

type Decision = readonly UserEvent[] | UserRefusal;

function decide(command: UserCommand, user: UserState): Decision {
  if (command.type === 'RegisterUser') return register(command, user);
  if (command.type === 'CreateUser') return create(command, user);
  if (!user) return { code: 'not-found' };
  switch (command.type) {
    case 'ChangeUser':
      return change(command, user);
    case 'SetPresence':
      return setPresence(command, user);
    case 'ShowLife':
      return showLife(user);
    case 'TakeForOffline':
      return isOffline(user.presence) ? [] : [wentOffline(user, 'silence', command.lastSeenAt)];
    case 'ReservePlace':
      return reserve(command, user);
    case 'TakePlace':
      return user.places.has(command.conversationId) ? [] : [place('PlaceTaken', user, command)];
    case 'FreePlace':
      return user.places.has(command.conversationId) ? [place('PlaceFreed', user, command)] : [];
    case 'GrantChannelAccess':
      return grant(command, user);
    case 'RevokeChannelAccess':
      return revoke(command.channelId, user);
    case 'ReplaceChannelAccess':
      return replace(command, user);
    case 'GrantAllChannelAccess':
      return user.allChannels ? [] : [{ type: 'AllChannelAccessGranted', data: { userId: user.userId } }];
  }
}

function register({ userId, name, role }: RegisterUser, user: UserState): Decision {
  if (!user) return [{ type: 'UserRegistered', data: { userId, name, role } }];
  const events: UserEvent[] = [];
  if (user.name !== name) events.push({ type: 'UserRenamed', data: { userId, name } });
  if (user.role !== role) events.push({ type: 'UserRoleChanged', data: { userId, role } });
  return events;
}

function create({ userId, name, role }: CreateUser, user: UserState): Decision {
  return user ? { code: 'user-exists', userId } : [{ type: 'UserRegistered', data: { userId, name, role } }];
}

function change({ name, active }: ChangeUser, user: User): Decision {
  const { userId } = user;
  const events: UserEvent[] = [];
  if (name !== undefined && name !== user.name) events.push({ type: 'UserRenamed', data: { userId, name } });
  if (active !== undefined && active !== user.active) {
    events.push({ type: active ? 'UserReactivated' : 'UserDeactivated', data: { userId } });
  }
  return events;
}

/** ASG-5: only changes are events. */
function setPresence({ presence, at }: SetPresence, user: User): Decision {
  const { userId } = user;
  if (!user.active) return { code: 'not-found' };
  if (presence === user.presence || (presence === 'offline' && user.presence === 'silent')) return [];
  if (presence === 'offline') return [wentOffline(user, 'call', at)];
  return [{ type: presence === 'online' ? 'AgentCameOnline' : 'AgentWentAway', data: { userId } }];
}

/** ASG-3: who said that they are offline, or away, stays so. */
function showLife({ userId, active, presence }: User): Decision {
  if (!active) return { code: 'not-found' };
  const back = presence === 'unseen' || presence === 'silent';
  return back ? [{ type: 'AgentCameOnline', data: { userId } }] : [];
}

const wentOffline = ({ userId }: User, cause: 'call' | 'silence', lastSeenAt: string): UserEvent => ({
  type: 'AgentWentOffline',
  data: { userId, cause, lastSeenAt },
});

/** ASG-5, ASG-7: the limit is kept here, where all that routing gives one agent stands in a row. */
function reserve(command: ReservePlace, user: User): Decision {
  const { userId, active, presence, places } = user;
  const { conversationId, limit, atMost, onlyOnline } = command;
  if (places.has(conversationId)) return [];
  if (!active || (onlyOnline && presence !== 'online')) return { code: 'not-at-work', userId };
  if (limit !== null && places.size >= limit) return { code: 'no-place-free', userId };
  if (atMost !== null && places.size > atMost) return { code: 'busier-than-known', userId, open: places.size };
  return [place('PlaceReserved', user, command)];
}

const place = (
  type: 'PlaceReserved' | 'PlaceTaken' | 'PlaceFreed',
  { userId }: User,
  { conversationId }: { readonly conversationId: string },
): UserEvent => ({ type, data: { userId, conversationId } });

function grant({ channelId, knownChannels }: GrantChannelAccess, user: User): Decision {
  if (!knownChannels.has(channelId)) return { code: 'unknown-channel', channelId };
  return user.channels.has(channelId) ? [] : [granted(user, channelId)];
}

function revoke(channelId: string, user: User): Decision {
  if (user.allChannels) return { code: 'access-to-all-channels' };
  return user.channels.has(channelId) ? [revoked(user, channelId)] : [];
}

function replace({ channelIds, knownChannels }: ReplaceChannelAccess, user: User): Decision {
  const unknown = channelIds.find((channelId) => !knownChannels.has(channelId));
  if (unknown !== undefined) return { code: 'unknown-channel', channelId: unknown };
  const wanted = new Set(channelIds);
  const events: UserEvent[] = [];
  if (user.allChannels) events.push({ type: 'AllChannelAccessRevoked', data: { userId: user.userId } });
  for (const channelId of wanted) if (!user.channels.has(channelId)) events.push(granted(user, channelId));
  for (const channelId of user.channels) if (!wanted.has(channelId)) events.push(revoked(user, channelId));
  return events;
}

const granted = ({ userId }: User, channelId: string): UserEvent => ({
  type: 'ChannelAccessGranted',
  data: { userId, channelId },
});
const revoked = ({ userId }: User, channelId: string): UserEvent => ({
  type: 'ChannelAccessRevoked',
  data: { userId, channelId },
});

export const userDecider: Decider<UserCommand, UserEvent, UserState, UserRefusal> = { initial, evolve, decide };
