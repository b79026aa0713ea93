import type { Viewer } from '#access/user';
import type { Medium } from '#channels/channel';
import { readPage } from '#event-sourcing';
import type { Condition, Page, PageWanted, ReadModels } from '#event-sourcing';
import type { Assignee } from '../conversation/state.js';
import { queueModel, rankOrder } from './document.js';
import type { QueueDocument } from './document.js';

export const queueViews = ['new', 'pending', 'mine', 'unassigned'] as const;
export type QueueView = (typeof queueViews)[number];

export interface QueueFilters {
  readonly view?: QueueView | undefined;
  readonly status?: 'new' | 'pending' | 'snoozed' | undefined;
  /** The current channel. */
  readonly channelId?: string | undefined;
  readonly medium?: Medium | undefined;
  /** Id of a user. */
  readonly assignee?: string | undefined;
  readonly vip?: boolean | undefined;
}

export interface QueueItem {
  readonly conversationId: string;
  readonly contactId: string;
  readonly name: string | null;
  readonly vip: boolean;
  readonly status: 'new' | 'pending' | 'snoozed';
  readonly assignee: Assignee | null;
  readonly channelId: string;
  readonly medium: Medium;
  readonly openedAt: string;
  readonly waitingSince: string | null;
  readonly score: number;
}

/** The open conversations that the viewer has access to, in rank order (ASG-6, ASG-9). */
export async function queuePage(
  models: ReadModels,
  viewer: Viewer,
  filters: QueueFilters,
  wanted: PageWanted,
): Promise<Page<QueueItem>> {
  const { view, status, channelId, medium, assignee, vip } = filters;
  const conditions: readonly (readonly [keyof QueueDocument, Condition | undefined])[] = [
    ...viewConditions(view, viewer),
    ['status', status],
    ['channelId', channelId],
    ['medium', medium],
    ['userId', assignee],
    ['vip', vip],
  ];
  const asked = conditions.filter(([, condition]) => condition !== undefined);
  // The view and a filter can ask about the same field; both must hold.
  if (contradict(asked)) return { items: [] };
  const where = { ...accessOf(viewer), ...(Object.fromEntries(asked) as Record<string, Condition>) };
  const page = await readPage<QueueDocument>(models, queueModel, { where, sort: rankOrder }, wanted);
  return { ...page, items: page.items.map((document) => itemOf(document._id, document)) };
}

export interface QueueCounters {
  readonly new: number;
  readonly pending: number;
  readonly mine: number;
  readonly unassigned: number;
  readonly vip: number;
}

/** How many conversations each view holds for this viewer, exactly. */
export async function queueCounters(models: ReadModels, viewer: Viewer): Promise<QueueCounters> {
  const count = (where: Readonly<Partial<Record<keyof QueueDocument, Condition>>>): Promise<number> =>
    models.count(queueModel, { ...accessOf(viewer), ...where });
  const [isNew, pending, mine, unassigned, vip] = await Promise.all([
    count({ status: 'new' }),
    count({ status: 'pending' }),
    count({ userId: viewer.userId }),
    count({ userId: null, teamId: null }),
    count({ vip: true }),
  ]);
  return { new: isNew, pending, mine, unassigned, vip };
}

function accessOf({ channels }: Viewer): Readonly<Record<string, Condition>> {
  return channels === 'all' ? {} : { channelIds: { in: [...channels] } };
}

function viewConditions(
  view: QueueView | undefined,
  viewer: Viewer,
): readonly (readonly [keyof QueueDocument, Condition])[] {
  switch (view) {
    case undefined:
      return [];
    case 'new':
    case 'pending':
      return [['status', view]];
    case 'mine':
      return [['userId', viewer.userId]];
    case 'unassigned':
      return [
        ['userId', null],
        ['teamId', null],
      ];
  }
}

function contradict(conditions: readonly (readonly [string, unknown])[]): boolean {
  const asked = new Map<string, unknown>();
  return conditions.some(([field, condition]) => {
    const contradicts = asked.has(field) && asked.get(field) !== condition;
    asked.set(field, condition);
    return contradicts;
  });
}

function itemOf(conversationId: string, document: QueueDocument): QueueItem {
  const { contactId, name, vip, status, userId, teamId, channelId, medium, openedAt, waitingSince, score } = document;
  const assignee = { ...(userId !== null && { userId }), ...(teamId !== null && { teamId }) };
  return {
    conversationId,
    contactId,
    name,
    vip,
    status,
    assignee: userId === null && teamId === null ? null : assignee,
    channelId,
    medium,
    openedAt,
    waitingSince,
    score,
  };
}
