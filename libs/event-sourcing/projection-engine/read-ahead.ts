import type { Position } from '../event.js';
import type { EventStore, SubscriptionBatch } from '../ports/event-store.js';

/**
 * A subscription whose next batch is fetched while one is worked on: decoding and the database then take their time side
 * by side. Not at the end of the log: what comes there meanwhile is better taken together.
 */
export async function* readAhead(
  store: Pick<EventStore, 'subscribe'>,
  after: Position | 'start',
  signal: AbortSignal,
): AsyncGenerator<SubscriptionBatch> {
  const left = new AbortController();
  const subscription = store.subscribe({ after, signal: AbortSignal.any([signal, left.signal]) });
  const batches = subscription[Symbol.asyncIterator]();
  const fetch = (): Promise<IteratorResult<SubscriptionBatch>> => {
    const next = batches.next();
    // It fails when its turn comes, not while another is worked on.
    next.catch(() => undefined);
    return next;
  };
  try {
    let next = fetch();
    for (let got = await next; got.done !== true; got = await next) {
      if (!got.value.caughtUp) next = fetch();
      yield got.value;
      if (got.value.caughtUp) next = fetch();
    }
  } finally {
    left.abort();
    await batches.return?.();
  }
}
