import { categoryOf, StreamGone } from '#event-sourcing';
import type { Clock, EventCatalogue, EventStore, Position, RecordedEvent } from '#event-sourcing';
import { createSieve, startOf } from './filter.js';
import type { ReplayFilter } from './filter.js';

/** The next events of a replay; none when it has only come further, or waits. */
export interface ReplayPart {
  readonly events: readonly RecordedEvent[];
  /** Everything up to here has been looked at: a replay that begins there misses nothing. */
  readonly reached: Position;
}

interface ReplayPorts {
  readonly store: EventStore;
  readonly catalogue: EventCatalogue;
  readonly clock: Clock;
}

const pageSize = 500;
/** Whoever follows hears something at least so often. */
const heartbeatMs = 15_000;

/**
 * HIS-3: the events that the filter wants, in parts. Between the pages of what is in the log nothing is open: a slow
 * reader holds nobody up. Ends when the filter says so, at the end of the log unless it follows, and when `signal`
 * aborts.
 */
export async function* replay(
  ports: ReplayPorts,
  filter: ReplayFilter,
  signal: AbortSignal,
): AsyncGenerator<ReplayPart> {
  const { clock } = ports;
  const sieve = createSieve(filter);
  let reached = startOf(filter) ?? 0;
  let heard = Date.parse(clock.now());
  const quietFor = (): number => heard + heartbeatMs - Date.parse(clock.now());
  /** Nothing, when there is nothing to say and something was said lately. */
  function* part(wanted: readonly RecordedEvent[]): Generator<ReplayPart> {
    if (wanted.length === 0 && quietFor() > 0) return;
    heard = Date.parse(clock.now());
    yield { events: wanted, reached };
  }
  for await (const page of pagesOf(ports.store, filter)) {
    reached = page.at(-1)?.position ?? reached;
    yield* part(page.filter((event) => sieve.wants(event)));
    if (sieve.done || signal.aborted) return;
  }
  if (!filter.follow) return;
  // Who follows learns at once that there is nothing more for now.
  yield { events: [], reached };
  for await (const { events, checkpoint } of follow(ports, filter, reached, quietFor, signal)) {
    reached = checkpoint;
    yield* part(events.filter((event) => sieve.wants(event)));
    if (sieve.done) return;
  }
}

/** What is in the log, a page after the other. The last page is not full. */
async function* pagesOf(store: EventStore, filter: ReplayFilter): AsyncGenerator<readonly RecordedEvent[]> {
  const { stream, direction } = filter;
  let last: RecordedEvent | undefined;
  for (;;) {
    const page: RecordedEvent[] = [];
    const read = stream === undefined ? readLog(last) : readStream(stream, last);
    try {
      for await (const event of read) page.push(event);
    } catch (fault) {
      if (!(fault instanceof StreamGone)) throw fault;
    }
    yield page;
    if (page.length < pageSize) return;
    last = page.at(-1);
  }

  function readLog(after: RecordedEvent | undefined): AsyncIterable<RecordedEvent> {
    const beyond = after?.position ?? startOf(filter);
    return store.readAll({ direction, limit: pageSize, ...(beyond !== undefined && { beyond }) });
  }

  function readStream(name: string, after: RecordedEvent | undefined): AsyncIterable<RecordedEvent> {
    const from = after && after.revision + (direction === 'forwards' ? 1 : -1);
    if (from !== undefined && from < 0) return nothing();
    return store.readStream(name, { direction, limit: pageSize, ...(from !== undefined && { from }) });
  }
}

async function* nothing(): AsyncGenerator<never> {
  // The beginning of the stream has been read.
}

/** What comes after `reached`; an empty batch when nothing has come for as long as `quietFor` says. */
async function* follow(
  { store, catalogue, clock }: ReplayPorts,
  { stream }: ReplayFilter,
  reached: Position,
  quietFor: () => number,
  signal: AbortSignal,
): AsyncGenerator<{ readonly events: readonly RecordedEvent[]; readonly checkpoint: Position }> {
  const category = stream === undefined ? undefined : categoryOf(stream, catalogue.categories);
  const subscription = store.subscribe({
    after: reached,
    signal,
    ...(category !== undefined && { categories: [category] }),
  });
  const batches = subscription[Symbol.asyncIterator]();
  let next = batches.next();
  let checkpoint = reached;
  try {
    while (!signal.aborted) {
      const woken = new AbortController();
      const beat = clock.sleep(quietFor(), AbortSignal.any([signal, woken.signal])).then(() => undefined);
      const batch = await Promise.race([next, beat]);
      woken.abort();
      if (batch?.done) return;
      const events = batch?.value.events ?? [];
      checkpoint = batch?.value.checkpoint ?? checkpoint;
      yield { events: events.filter((event) => stream === undefined || event.stream === stream), checkpoint };
      if (batch) next = batches.next();
    }
  } finally {
    await batches.return?.();
  }
}
