import type { EventReader } from '../storage/event-reader.js';
import type { StoredEvent } from '../storage/events.js';
import type { FilterSpec } from './filter.js';
import { filterFor } from './filter.js';
import { resolveLink } from './links.js';
import type { LiveFeed, LiveListener } from './live-feed.js';
import type { AllReadPlan, PageItem } from './read-plan.js';
import type { SubscriptionSource } from './subscription.js';

export interface AllSubscriptionRequest {
  /** Delivery begins after the position. */
  readonly from: 'start' | 'end' | number;
  readonly resolveLinks: boolean;
  readonly filter?: { readonly spec: FilterSpec; readonly checkpointInterval: number };
}

/** Everything in `$all` after a position, or what of it passes a filter. */
export class AllSubscription implements SubscriptionSource {
  readonly endsAtTombstone = false;
  readonly #log: { readonly lastPosition: number; readonly reader: EventReader };
  readonly #feed: LiveFeed;
  readonly #request: AllSubscriptionRequest;
  /** Everything up to here was examined. */
  #cursor: number;
  /** Events examined since the last checkpoint. */
  #examined = 0;

  constructor(
    log: { readonly lastPosition: number; readonly reader: EventReader },
    feed: LiveFeed,
    request: AllSubscriptionRequest,
  ) {
    this.#log = log;
    this.#feed = feed;
    this.#request = request;
    this.#cursor = request.from === 'start' ? 0 : request.from === 'end' ? log.lastPosition : request.from;
  }

  planTo(): AllReadPlan | undefined {
    const to = this.#log.lastPosition;
    if (this.#cursor >= to) return undefined;
    const { filter, resolveLinks } = this.#request;
    const plan = {
      source: 'all',
      direction: 'forwards',
      from: this.#cursor + 1,
      to,
      count: Infinity,
      resolveLinks,
    } as const;
    if (!filter) return plan;
    return {
      ...plan,
      filter: filter.spec,
      checkpoints: { interval: filter.checkpointInterval, examined: this.#examined },
    };
  }

  finished(to: number, examined: number): void {
    this.#cursor = to;
    this.#examined = examined;
  }

  deliver(events: readonly StoredEvent[]): PageItem[] {
    const items: PageItem[] = [];
    const { filter } = this.#request;
    const matches = filter && filterFor(filter.spec);
    for (const event of events) {
      if (event.position <= this.#cursor) continue;
      this.#cursor = event.position;
      if (!matches || matches(event.stream, event.type)) items.push({ kind: 'event', ...this.#resolve(event) });
      if (++this.#examined === filter?.checkpointInterval) items.push(...this.lastCheckpoint());
    }
    return items;
  }

  lastCheckpoint(): PageItem[] {
    const isDue = this.#request.filter !== undefined && this.#examined > 0;
    this.#examined = 0;
    return isDue ? [{ kind: 'checkpoint', position: this.#cursor }] : [];
  }

  listen(listener: LiveListener): () => void {
    return this.#feed.listenToAll(listener);
  }

  #resolve(event: StoredEvent) {
    return this.#request.resolveLinks ? resolveLink(this.#log.reader, event, Date.now()) : { event };
  }
}
