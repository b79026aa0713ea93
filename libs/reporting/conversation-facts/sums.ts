import type { ReadModels, Scalar, Where } from '#event-sourcing';
import { conversationFactsModel } from './document.js';
import type { ConversationFactsDocument } from './document.js';
import type { ConversationFacts } from './facts.js';

/** Of those conversations that have the duration: how many, and all together. */
export interface DurationSum {
  readonly count: number;
  readonly totalMs: number;
}

/**
 * One UTC day. What a conversation did while open counts on the day of its opening, its resolution on that of its
 * closing.
 */
export interface DaySums {
  readonly day: string;
  readonly opened: number;
  readonly messages: number;
  readonly responses: number;
  readonly botResponses: number;
  readonly firstAssignment: DurationSum;
  readonly firstResponse: DurationSum;
  readonly waiting: DurationSum;
  readonly closed: number;
  readonly resolution: DurationSum;
}

export interface WantedDays {
  /** `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
  readonly channelId: string | undefined;
}

const factsAtOnce = 1_000;
const noTime: DurationSum = { count: 0, totalMs: 0 };

/** The days on which anything was opened or closed, in order. */
export async function sumsByDay(models: ReadModels, wanted: WantedDays): Promise<readonly DaySums[]> {
  const days = new Map<string, DaySums>();
  for await (const facts of factsOf(models, 'openedOn', wanted)) {
    days.set(facts.openedOn, withOpened(days.get(facts.openedOn) ?? emptyDay(facts.openedOn), facts));
  }
  for await (const facts of factsOf(models, 'closedOn', wanted)) {
    const day = facts.closedOn ?? '';
    const sums = days.get(day) ?? emptyDay(day);
    days.set(day, { ...sums, closed: sums.closed + 1, resolution: plus(sums.resolution, facts.resolutionMs) });
  }
  return [...days.values()].toSorted((one, other) => (one.day < other.day ? -1 : 1));
}

async function* factsOf(
  models: ReadModels,
  day: 'openedOn' | 'closedOn',
  { from, to, channelId }: WantedDays,
): AsyncGenerator<ConversationFacts> {
  const field = `facts.${day}`;
  const where: Where = {
    [field]: { gte: from, lte: to },
    ...(channelId !== undefined && { 'facts.channelId': channelId }),
  };
  for (let after: readonly Scalar[] | undefined; ;) {
    const request = { where, sort: { [field]: 1 }, limit: factsAtOnce, after } as const;
    const page = await models.page<ConversationFactsDocument>(conversationFactsModel, request);
    for (const { facts } of page) yield facts;
    const last = page.at(-1);
    if (!last || page.length < factsAtOnce) return;
    after = [last.facts[day], last._id];
  }
}

const emptyDay = (day: string): DaySums => ({
  day,
  opened: 0,
  messages: 0,
  responses: 0,
  botResponses: 0,
  firstAssignment: noTime,
  firstResponse: noTime,
  waiting: noTime,
  closed: 0,
  resolution: noTime,
});

const withOpened = (sums: DaySums, facts: ConversationFacts): DaySums => ({
  ...sums,
  opened: sums.opened + 1,
  messages: sums.messages + facts.messages,
  responses: sums.responses + facts.responses,
  botResponses: sums.botResponses + facts.botResponses,
  firstAssignment: plus(sums.firstAssignment, facts.firstAssignmentMs),
  firstResponse: plus(sums.firstResponse, facts.firstResponseMs),
  waiting: plus(sums.waiting, facts.waitingMs === 0 ? null : facts.waitingMs),
});

const plus = ({ count, totalMs }: DurationSum, ms: number | null): DurationSum =>
  ms === null ? { count, totalMs } : { count: count + 1, totalMs: totalMs + ms };
