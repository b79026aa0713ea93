import type { EventReader, PageLimit, Range } from '../storage/event-reader.js';
import type { FilterSpec } from './filter.js';
import { filterFor } from './filter.js';
import { resolveLink } from './links.js';
import type { AllReadPlan, Page, PageItem } from './read-plan.js';

/** Examining an event costs a fraction of delivering it. */
const EXAMINED_PER_DELIVERED = 4;

export interface AllReadRequest {
  readonly direction: 'forwards' | 'backwards';
  /** Forwards the position itself is read, backwards what lies before it. */
  readonly from: 'start' | 'end' | number;
  readonly count: number;
  readonly resolveLinks: boolean;
  readonly filter?: FilterSpec;
}

export function planAllRead(lastPosition: number, request: AllReadRequest): AllReadPlan {
  return { source: 'all', ...request, ...rangeOf(lastPosition, request) };
}

function rangeOf(last: number, { direction, from }: AllReadRequest): { from: number; to: number } {
  if (direction === 'forwards')
    return { from: from === 'start' ? 1 : from === 'end' ? last + 1 : Math.max(from, 1), to: last };
  return { from: 1, to: from === 'start' ? 0 : from === 'end' ? last : Math.min(from - 1, last) };
}

export function readAllPage(reader: EventReader, plan: AllReadPlan, limit: PageLimit): Page<AllReadPlan> {
  return plan.filter ? readFiltered(reader, plan, limit, plan.filter) : readUnfiltered(reader, plan, limit);
}

function readUnfiltered(reader: EventReader, plan: AllReadPlan, limit: PageLimit): Page<AllReadPlan> {
  const now = Date.now();
  const events = reader.allPage(plan, { ...limit, events: Math.min(limit.events, plan.count) });
  const items = events.map((event): PageItem => ({
    kind: 'event',
    ...(plan.resolveLinks ? resolveLink(reader, event, now) : { event }),
  }));
  return pageWithRest(plan, items, events.at(-1)?.position, plan.count - items.length, 0);
}

function readFiltered(reader: EventReader, plan: AllReadPlan, limit: PageLimit, spec: FilterSpec): Page<AllReadPlan> {
  const matches = filterFor(spec);
  const now = Date.now();
  const items: PageItem[] = [];
  let { count } = plan;
  let examined = plan.checkpoints?.examined ?? 0;
  let bytes = 0;
  let last: number | undefined;
  for (const header of reader.headersPage(plan, limit.events * EXAMINED_PER_DELIVERED)) {
    last = header.position;
    const event = matches(reader.nameOf(header), header.type) ? reader.eventAtPosition(header.position) : undefined;
    if (event) {
      items.push({ kind: 'event', ...(plan.resolveLinks ? resolveLink(reader, event, now) : { event }) });
      bytes += event.data.length + event.metadata.length;
      count--;
    }
    if (++examined === plan.checkpoints?.interval) {
      items.push({ kind: 'checkpoint', position: header.position });
      examined = 0;
    }
    if (count === 0 || bytes >= limit.bytes || items.length >= limit.events) break;
  }
  return pageWithRest(plan, items, last, count, examined);
}

function pageWithRest(
  plan: AllReadPlan,
  items: PageItem[],
  last: number | undefined,
  count: number,
  examined: number,
): Page<AllReadPlan> {
  if (last === undefined || count <= 0) return { items, examined };
  const left: Pick<Range, 'from' | 'to'> =
    plan.direction === 'forwards' ? { from: last + 1, to: plan.to } : { from: plan.from, to: last - 1 };
  if (left.from > left.to) return { items, examined };
  return {
    items,
    examined,
    rest: { ...plan, ...left, count, ...(plan.checkpoints && { checkpoints: { ...plan.checkpoints, examined } }) },
  };
}
