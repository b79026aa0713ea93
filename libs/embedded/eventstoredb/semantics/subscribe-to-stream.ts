import type { EventLog } from '../storage/event-log.js';
import type { StoredEvent } from '../storage/events.js';
import { resolveLink } from './links.js';
import type { LiveFeed, LiveListener } from './live-feed.js';
import type { PageItem, StreamReadPlan } from './read-plan.js';
import { readableHead } from './read-stream.js';
import type { Phase, SubscriptionSource } from './subscription.js';

export interface StreamSubscriptionRequest {
  readonly stream: string;
  /** Delivery begins after the revision, which may be one that does not exist yet. */
  readonly from: 'start' | 'end' | number;
  readonly resolveLinks: boolean;
}

/** The events of one stream after a revision. What there is at first obeys the stream's metadata, live events do not. */
export class StreamSubscription implements SubscriptionSource {
  readonly endsAtTombstone = true;
  readonly #log: EventLog;
  readonly #feed: LiveFeed;
  readonly #request: StreamSubscriptionRequest;
  #cursor: number;

  /** Throws StreamTombstonedError. */
  constructor(log: EventLog, feed: LiveFeed, request: StreamSubscriptionRequest) {
    this.#log = log;
    this.#feed = feed;
    this.#request = request;
    const head = readableHead(log.reader, request.stream);
    const newest = head ? log.readableRevision(head) : -1;
    this.#cursor = request.from === 'start' ? -1 : request.from === 'end' ? newest : request.from;
  }

  planTo(phase: Phase): StreamReadPlan | undefined {
    const { stream, resolveLinks } = this.#request;
    const isLive = phase === 'live';
    const head = isLive ? this.#log.reader.head(stream) : readableHead(this.#log.reader, stream);
    const newest = head ? this.#log.readableRevision(head) : -1;
    // The tombstone ends a subscription wherever it stands, even before the revision it waits for.
    const from = Math.min(this.#cursor + 1, head?.isTombstoned ? newest : Infinity);
    if (from > newest) return undefined;
    return {
      source: 'stream',
      direction: 'forwards',
      stream,
      from,
      to: newest,
      count: Infinity,
      resolveLinks,
      ignoreMetadata: isLive,
    };
  }

  finished(to: number): void {
    this.#cursor = to;
  }

  deliver(events: readonly StoredEvent[]): PageItem[] {
    const items: PageItem[] = [];
    for (const event of events) {
      if (event.revision <= this.#cursor && !event.isTombstone) continue;
      this.#cursor = event.revision;
      items.push({
        kind: 'event',
        ...(this.#request.resolveLinks ? resolveLink(this.#log.reader, event, Date.now()) : { event }),
      });
    }
    return items;
  }

  lastCheckpoint(): PageItem[] {
    return [];
  }

  listen(listener: LiveListener): () => void {
    return this.#feed.listenToStream(this.#request.stream, listener);
  }
}
