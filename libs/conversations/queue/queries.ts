import { reaches } from '#access/user';
import type { ChannelAccess, Viewer } from '#access/user';
import type { Medium } from '#channels/channel';
import { nameFor } from '#contacts/contact-profile';
import { CursorOutdated, readPage, readWhole } from '#event-sourcing';
import type { Condition, ListAsked, Page, PageWanted, ReadModels, Scalar, Stored } from '#event-sourcing';
import type { Assignee } from '../conversation/open-conversation.js';
import { readFound } from '../text-found/index.js';
import type { Found } from '../text-found/index.js';
import { answeringOrder } from './answering-order.js';
import type { AnsweringOrder } from './answering-order.js';
import { queueModel, rankOrder } from './document.js';
import type { QueueDocument } from './document.js';

export const queueStatuses = ['new', 'pending', 'snoozed'] as const;
export type QueueStatus = (typeof queueStatuses)[number];
export const queueViews = [...queueStatuses, 'mine', 'teams', 'unassigned', 'mentions'] as const;
export type QueueView = (typeof queueViews)[number];

export interface QueueFilters {
  readonly view?: QueueView | undefined;
  readonly status?: QueueStatus | undefined;
  /** The current channel. */
  readonly channelId?: string | undefined;
  readonly medium?: Medium | undefined;
  /** Id of a team. */
  readonly team?: string | undefined;
  /** Id of a user. */
  readonly assignee?: string | undefined;
  /** As `group-members` names it. */
  readonly membership?: string | undefined;
  /** Id of a topic. */
  readonly topic?: string | undefined;
  /** Waiting since then, or longer. */
  readonly waitingSinceUpTo?: string | undefined;
  /** What a text has found. */
  readonly found?: Found | undefined;
}

/** Whose queue it is: the viewer, and the teams whose conversations are theirs too. */
export interface QueueViewer extends Viewer {
  readonly teamIds: readonly string[];
}

export interface QueueItem {
  readonly conversationId: string;
  /** Who speaks for its contact (CON-5). */
  readonly contactId: string;
  readonly name: string | null;
  readonly vip: boolean;
  readonly status: QueueStatus;
  readonly assignee: Assignee | null;
  readonly channelId: string;
  readonly medium: Medium;
  readonly topics: readonly string[];
  readonly openedAt: string;
  readonly waitingSince: string | null;
  readonly snoozedUntil?: string;
  readonly score: number;
}

type Conditions = readonly (readonly [keyof QueueDocument, Condition | undefined])[];

/** The open conversations that the viewer has access to, in rank order (ASG-6, ASG-9). */
export async function queuePage(
  models: ReadModels,
  viewer: QueueViewer,
  filters: QueueFilters,
  wanted: PageWanted,
): Promise<Page<QueueItem>> {
  const where = whereOf(viewer, filters);
  if (!where) return { items: [] };
  const { found } = filters;
  const order = await answeringOrder(models);
  const page = await partOf(order, wanted, (sort, within) =>
    found
      ? readFound<QueueDocument>(models, queueModel, { where, sort }, found, within)
      : readPage<QueueDocument>(models, queueModel, { where, sort }, within),
  );
  return { ...page, items: page.items.map((document) => queueItem(document, viewer, order)) };
}

/** A part of what stands in this order. Its cursor names the order: in another one everybody stands elsewhere. */
async function partOf(
  { slot, since }: AnsweringOrder,
  { limit, after }: PageWanted,
  read: (sort: ListAsked['sort'], within: PageWanted) => Promise<Page<Stored<QueueDocument>>>,
): Promise<Page<Stored<QueueDocument>>> {
  if (after && after[0] !== since) throw new CursorOutdated(queueModel);
  const { items, next } = await read(rankOrder[slot], { limit, after: after?.slice(1) });
  return { items, ...(next && { next: [since, ...next] }) };
}

/** One conversation as the viewer's queue shows it; `undefined`: it is not in it. */
export async function queued(
  models: ReadModels,
  viewer: Viewer,
  conversationId: string,
): Promise<Stored<QueueDocument> | undefined> {
  const document = await models.get<QueueDocument>(queueModel, conversationId);
  return document && reaches(viewer.channels, document.channelIds) ? document : undefined;
}

/** How many conversations stand before this one in the viewer's queue. */
export async function countBefore(
  models: ReadModels,
  viewer: Viewer,
  { ranks, _id }: Stored<QueueDocument>,
  { slot }: AnsweringOrder,
): Promise<number> {
  const access = accessOf(viewer);
  const { first, second } = ranks[slot];
  const [firstPath, secondPath] = [`ranks.${slot}.first`, `ranks.${slot}.second`];
  const ranges: Record<string, Condition>[] = [
    { [firstPath]: { lt: first } },
    { [firstPath]: first, [secondPath]: { lt: second } },
    { [firstPath]: first, [secondPath]: second, _id: { lt: _id } },
  ];
  const counts = await Promise.all(ranges.map((range) => models.count(queueModel, { ...access, ...range })));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Ids of the open conversations that the user has, whoever may see them. */
export async function conversationsAssignedTo(models: ReadModels, userId: string): Promise<readonly string[]> {
  const { slot } = await answeringOrder(models);
  const found = await readWhole<QueueDocument>(models, queueModel, { where: { userId }, sort: rankOrder[slot] });
  return found.map(({ _id }) => _id);
}

/** Ids of conversations that wait in `new`, now on one of the channels, and that no user has, in rank order. */
export async function waitingForAnybody(
  models: ReadModels,
  access: ChannelAccess,
  wanted: PageWanted,
): Promise<Page<string>> {
  const reached: Record<string, Condition> = access === 'all' ? {} : { channelId: { in: [...access] } };
  const where = { status: 'new', userId: null, ...reached };
  const page = await partOf(await answeringOrder(models), wanted, (sort, within) =>
    readPage<QueueDocument>(models, queueModel, { where, sort }, within),
  );
  return { ...page, items: page.items.map(({ _id }) => _id) };
}

/** `undefined`: nothing can be found, because the view and a filter exclude each other. */
export function whereOf(viewer: QueueViewer, filters: QueueFilters): Readonly<Record<string, Condition>> | undefined {
  const { view, status, channelId, medium, team, assignee, membership, topic, waitingSinceUpTo } = filters;
  const conditions: Conditions = [
    ...viewConditions(view, viewer),
    ['status', status],
    ['channelId', channelId],
    ['medium', medium],
    ['teamId', team],
    ['userId', assignee],
    ['memberships', membership],
    ['topics', topic],
    ['waitingSince', waitingSinceUpTo === undefined ? undefined : { lte: waitingSinceUpTo }],
  ];
  const where = new Map<string, Condition>(Object.entries(accessOf(viewer)));
  for (const [field, condition] of conditions) {
    if (condition === undefined) continue;
    const both = where.has(field) ? meeting(where.get(field), condition) : condition;
    if (both === undefined) return undefined;
    where.set(field, both);
  }
  return Object.fromEntries(where);
}

function accessOf({ channels }: Viewer): Readonly<Record<string, Condition>> {
  return channels === 'all' ? {} : { channelIds: { in: [...channels] } };
}

function viewConditions(view: QueueView | undefined, viewer: QueueViewer): Conditions {
  switch (view) {
    case undefined:
      return [];
    case 'new':
    case 'pending':
    case 'snoozed':
      return [['status', view]];
    case 'mine':
      return [['userId', viewer.userId]];
    case 'teams':
      return [['teamId', { in: viewer.teamIds }]];
    case 'mentions':
      return [['mentions', viewer.userId]];
    case 'unassigned':
      return [
        ['userId', null],
        ['teamId', null],
      ];
  }
}

/** What holds when both do: the view and a filter can ask about the same field. `undefined`: nothing. */
function meeting(one: Condition | undefined, other: Condition): Condition | undefined {
  if (one === other) return other;
  const among = one !== null && typeof one === 'object' && 'in' in one && one.in.includes(other as Scalar);
  return among ? other : undefined;
}

/** As the viewer sees it. */
export function queueItem(
  document: Stored<QueueDocument>,
  { channels }: Viewer,
  { slot }: Pick<AnsweringOrder, 'slot'>,
): QueueItem {
  const { _id: conversationId, contactIds, naming, vip, status, userId, teamId } = document;
  const { channelId, medium, topics, openedAt, waitingSince, snoozedUntil, ranks } = document;
  const assignee = { ...(userId !== null && { userId }), ...(teamId !== null && { teamId }) };
  return {
    conversationId,
    contactId: contactIds[0],
    name: nameFor(naming, channels).name,
    vip,
    status,
    assignee: userId === null && teamId === null ? null : assignee,
    channelId,
    medium,
    topics,
    openedAt,
    waitingSince,
    ...(snoozedUntil !== null && { snoozedUntil }),
    score: ranks[slot].score,
  };
}
