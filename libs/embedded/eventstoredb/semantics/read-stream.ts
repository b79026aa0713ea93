import type { EventReader, PageLimit, Range } from '../storage/event-reader.js';
import type { EventLog } from '../storage/event-log.js';
import type { StreamHead } from '../storage/stream-head.js';
import { resolveLink } from './links.js';
import type { Page, PageItem, StreamReadPlan } from './read-plan.js';
import { describedStream } from './system-streams.js';
import { isSoftDeleted, lowestReadable, oldestReadable } from './visibility.js';

/** The stream was tombstoned: nothing of it can be read. */
export class StreamTombstonedError extends Error {
  override readonly name = 'StreamTombstonedError';
  readonly stream: string;

  constructor(stream: string) {
    super(`Event stream '${stream}' is deleted.`);
    this.stream = stream;
  }
}

export interface StreamReadRequest {
  readonly stream: string;
  readonly direction: 'forwards' | 'backwards';
  /** A revision that may lie beyond either end of the stream. */
  readonly from: 'start' | 'end' | number;
  readonly count: number;
  readonly resolveLinks: boolean;
}

/** 'not-found' for a stream without events, or soft-deleted. Throws StreamTombstonedError. */
export function planStreamRead(log: EventLog, request: StreamReadRequest): StreamReadPlan | 'not-found' {
  const { stream, direction, count, resolveLinks } = request;
  const head = readableHead(log.reader, stream);
  const newest = head ? log.readableRevision(head) : -1;
  if (!head || newest === -1 || isSoftDeleted(head)) return 'not-found';
  const start = request.from === 'start' ? 0 : request.from;
  const range =
    direction === 'forwards'
      ? { from: start === 'end' ? newest + 1 : start, to: newest }
      : { from: 0, to: start === 'end' ? newest : Math.min(start, newest) };
  return { source: 'stream', stream, direction, ...range, count, resolveLinks, ignoreMetadata: false };
}

/** Throws StreamTombstonedError when the stream, or for `$$s` the stream s, is tombstoned. */
export function readableHead(reader: EventReader, stream: string): StreamHead | undefined {
  const head = reader.head(stream);
  const described = describedStream(stream);
  const ofDescribed = described === undefined ? undefined : reader.head(described);
  if (head?.isTombstoned || ofDescribed?.isTombstoned) throw new StreamTombstonedError(stream);
  return head;
}

/** Throws StreamTombstonedError, but for live events: there the tombstone is the last one. */
export function readStreamPage(reader: EventReader, plan: StreamReadPlan, limit: PageLimit): Page<StreamReadPlan> {
  const head = plan.ignoreMetadata ? reader.head(plan.stream) : readableHead(reader, plan.stream);
  if (!head) return { items: [], examined: 0 };
  const range = visibleRange(head, plan);
  if (range.from > range.to) return { items: [], examined: 0 };
  const now = Date.now();
  const oldest = plan.ignoreMetadata ? 0 : oldestReadable(head, now);
  const events = reader.streamPage(head, range, { ...limit, events: Math.min(limit.events, plan.count) });
  const items = events
    .filter((event) => event.created >= oldest)
    .map((event): PageItem => ({
      kind: 'event',
      ...(plan.resolveLinks ? resolveLink(reader, event, now) : { event }),
    }));
  const last = events.at(-1);
  const count = plan.count - items.length;
  if (!last || count <= 0) return { items, examined: 0 };
  const left =
    range.direction === 'forwards'
      ? { from: last.revision + 1, to: plan.to }
      : { from: plan.from, to: last.revision - 1 };
  return left.from > left.to ? { items, examined: 0 } : { items, examined: 0, rest: { ...plan, ...left, count } };
}

function visibleRange(head: StreamHead, plan: StreamReadPlan): Range {
  const { direction } = plan;
  const newest = head.isTombstoned ? head.lastRevision + 1 : head.lastRevision;
  if (plan.ignoreMetadata)
    return { from: Math.max(plan.from, head.firstRevision), to: Math.min(plan.to, newest), direction };
  if (isSoftDeleted(head)) return { from: 1, to: 0, direction };
  return { from: Math.max(plan.from, lowestReadable(head)), to: Math.min(plan.to, newest), direction };
}
