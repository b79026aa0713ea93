import type { Viewer } from '#access/user';
import { readWhole } from '#event-sourcing';
import type { Condition, ReadModels } from '#event-sourcing';
import { queueCountersModel } from './document.js';
import type { QueueCounterDocument } from './document.js';

export interface QueueCounters {
  readonly open: number;
  readonly new: number;
  readonly pending: number;
  readonly snoozed: number;
  readonly mine: number;
  readonly teams: number;
  readonly unassigned: number;
  /** Open ones in which a note asks the viewer to look. */
  readonly mentions: number;
  readonly closed: number;
  readonly vip: number;
}

/** How many conversations each view holds for this viewer, exactly: as many as its list has at the same position. */
export async function queueCounters(
  models: ReadModels,
  viewer: Viewer & { readonly teamIds: readonly string[] },
  vipEnabled: boolean,
): Promise<QueueCounters> {
  const { userId, teamIds, channels } = viewer;
  const mine = `user ${userId}`;
  const mentioned = `mentioned ${userId}`;
  const teams = teamIds.map((teamId) => `team ${teamId}`);
  const access: Record<string, Condition> = channels === 'all' ? {} : { channelIds: { in: [...channels] } };
  const kinds = ['open', 'new', 'pending', 'snoozed', 'unassigned', 'closed', 'vip', mine, mentioned, ...teams];
  const counts = await sums(models, { kind: { in: kinds }, ...access });
  const of = (kind: string): number => counts.get(kind) ?? 0;
  return {
    open: of('open'),
    new: of('new'),
    pending: of('pending'),
    snoozed: of('snoozed'),
    mine: of(mine),
    teams: teams.reduce((sum, team) => sum + of(team), 0),
    unassigned: of('unassigned'),
    mentions: of(mentioned),
    closed: of('closed'),
    vip: vipEnabled ? of('vip') : 0,
  };
}

/** How many open conversations each of these users has (ASG-5), on whatever channels. */
export async function openPerUser(
  models: ReadModels,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const counts = await sums(models, { kind: { in: userIds.map((userId) => `user ${userId}`) } });
  return new Map(userIds.map((userId) => [userId, counts.get(`user ${userId}`) ?? 0]));
}

async function sums(
  models: ReadModels,
  where: Readonly<Record<string, Condition>>,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { kind, count } of await readWhole<QueueCounterDocument>(models, queueCountersModel, {
    where,
    sort: {},
  })) {
    counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  return counts;
}
