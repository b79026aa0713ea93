import { assigneeAccessOf } from '#access/user';
import type { AccessDirectory, ChannelAccess } from '#access/user';
import type { RoutingTarget } from '#routing/rules';
import type { Settings } from '#settings/settings';
import { couldKeep } from '../give/index.js';

/** For whom what waits is looked at: these users; `everybody`: all of them, and teams as a whole. */
export type Takers = ReadonlySet<string> | 'everybody';

/** By the key of the instance. */
export function takersOf({ teams }: AccessDirectory, key: string): Takers {
  const [kind, id = ''] = key.split(' ');
  if (kind === 'user') return new Set([id]);
  return kind === 'team' ? (teams.get(id)?.members ?? new Set()) : 'everybody';
}

/** The channels of what they could be given. */
export function accessOf(directory: AccessDirectory, takers: Takers): ChannelAccess {
  if (takers === 'everybody') return 'all';
  const channelIds = new Set<string>();
  for (const userId of takers) {
    const access = assigneeAccessOf(directory, userId) ?? new Set();
    if (access === 'all') return 'all';
    for (const channelId of access) channelIds.add(channelId);
  }
  return channelIds;
}

interface Circumstances {
  readonly directory: AccessDirectory;
  readonly settings: Settings;
}

/**
 * Whether the rule could give one of them something now. A team as a whole has no places: what its rules match it was
 * given at once, unless the rules were others.
 */
export function couldTake(takers: Takers, to: RoutingTarget, circumstances: Circumstances): boolean {
  const { directory, settings } = circumstances;
  if ('userId' in to) {
    return isOneOf(takers, to.userId) && hasRoom(to.userId, circumstances) && couldKeep(to.userId, directory, settings);
  }
  if (!('pick' in to)) return takers === 'everybody';
  const team = directory.teams.get(to.teamId);
  if (!team || team.archived) return false;
  return [...team.members].some(
    (userId) =>
      isOneOf(takers, userId) && directory.users.get(userId)?.presence === 'online' && hasRoom(userId, circumstances),
  );
}

const isOneOf = (takers: Takers, userId: string): boolean => takers === 'everybody' || takers.has(userId);

function hasRoom(userId: string, { directory, settings: { maxOpenPerAgent: limit } }: Circumstances): boolean {
  const user = directory.users.get(userId);
  return user?.active === true && (limit === null || user.places.size < limit);
}
