import { START, streamNameFilter } from '@eventstore/db-client';
import type { AllStreamResolvedEvent, EventStoreDBClient } from '@eventstore/db-client';
import { categoryOf, StoreUnavailable } from '#event-sourcing';
import type { EventCodec, EventStore, Position, RecordedEvent, StoredEvent, SubscriptionBatch } from '#event-sourcing';
import { drain } from './drain.js';
import { isPassing, toFault } from './faults.js';
import { backOff } from './patience.js';
import { placeOf, readableOptions, toStored } from './reading.js';
import type { Semaphore } from './semaphore.js';

const batchLimit = 1_000;
/** Events that the server examines without a match before it sends a checkpoint. */
const checkpointWindow = 1_000;

export interface SubscribingContext {
  readonly client: EventStoreDBClient;
  readonly codec: EventCodec;
  readonly subscriptions: Semaphore;
  readonly endOfLog: () => Promise<Position>;
  readonly closing: AbortSignal;
  /** Milliseconds without news after which the log is asked whether there should have been some. */
  readonly silence: number;
}

/** The subscription fell silent, or ended: it goes on from its last checkpoint. */
class Interrupted extends Error {}

export function createSubscribe(context: SubscribingContext): EventStore['subscribe'] {
  const { codec, subscriptions, endOfLog, closing } = context;
  return async function* subscribe({ after, signal, categories }) {
    const release = await subscriptions.enter();
    const stop = AbortSignal.any([signal, closing]);
    try {
      let checkpoint = after === 'start' ? 0 : after === 'end' ? await endOfLog() : after;
      const wanted = categories === undefined ? codec.catalogue.categories : new Set(categories);
      for (let attempt = 0; !stop.aborted; attempt++) {
        try {
          for await (const batch of followFrom(context, checkpoint, wanted, stop)) {
            checkpoint = batch.checkpoint;
            attempt = 0;
            yield batch;
          }
        } catch (error) {
          const fault = error instanceof Interrupted || isPassing(error) ? undefined : toFault(error, '$all');
          if (fault && !(fault instanceof StoreUnavailable)) throw fault;
          await backOff(attempt, stop);
        }
      }
    } finally {
      release();
    }
  };
}

/** One subscription of the client, until it breaks. */
async function* followFrom(
  { client, codec, endOfLog, silence }: SubscribingContext,
  from: Position,
  wanted: ReadonlySet<string>,
  stop: AbortSignal,
): AsyncGenerator<SubscriptionBatch> {
  const reached = { checkpoint: from, end: false };
  /** What the server said between events: how many events stand before it. */
  const marks: { readonly before: number; readonly checkpoint?: Position }[] = [];
  const filter = streamNameFilter({
    prefixes: [...wanted],
    maxSearchWindow: checkpointWindow,
    checkpointInterval: 1,
    checkpointReached: (_subscription, { commit }) => {
      // A real server has one checkpoint that is no place: 2^64-1, which means the end of an empty log.
      if (commit <= Number.MAX_SAFE_INTEGER) mark({ checkpoint: Number(commit) });
      return Promise.resolve();
    },
  });
  // Caught up, the subscription has examined at least this. Without it, one that matches nothing would never say so.
  const endBefore = await endOfLog();
  const fromPosition = from === 0 ? START : placeOf(from);
  const subscription = client.subscribeToAll({ fromPosition, filter }, readableOptions);
  // Silence is normal when nothing was written; only then.
  const idle = async () => ((await endOfLog()) > reached.checkpoint ? new Interrupted() : undefined);
  const { batches, taken, poke } = drain<AllStreamResolvedEvent>(subscription, {
    limit: batchLimit,
    idleAfter: silence,
    idle,
    signal: stop,
  });
  const mark = (said: { checkpoint?: Position }): void => {
    marks.push({ ...said, before: taken() + subscription.readableLength });
    poke();
  };
  subscription.on('caughtUp', () => {
    mark({});
  });

  /** What the server said before the events that come next. */
  function passMarks(): boolean {
    let passed = false;
    for (let next = marks[0]; next && next.before <= taken(); next = marks[0]) {
      marks.shift();
      passed = true;
      reached.end ||= next.checkpoint === undefined;
      reached.checkpoint = Math.max(reached.checkpoint, next.checkpoint ?? endBefore);
    }
    return passed;
  }

  try {
    for await (const batch of batches) {
      const stored = batch.flatMap((resolved) => toStored(resolved) ?? []);
      reached.checkpoint = stored.at(-1)?.position ?? reached.checkpoint;
      const passed = passMarks();
      if (stored.length > 0 || passed) {
        const mine = stored.filter(({ stream }) => categoryOf(stream, wanted) !== undefined);
        yield* decoded(codec, mine, {
          checkpoint: reached.checkpoint,
          caughtUp: reached.end && subscription.readableLength === 0,
        });
      }
    }
    // A server that ends the call in good order goes away all the same.
    throw new Interrupted();
  } finally {
    // One that could not even begin has nothing to give back, and says so.
    void subscription.unsubscribe().catch(() => undefined);
  }
}

/** One batch; when an event cannot be decoded, first what stands before it, then the fault. */
async function* decoded(
  codec: EventCodec,
  stored: readonly StoredEvent[],
  end: { readonly checkpoint: Position; readonly caughtUp: boolean },
): AsyncGenerator<SubscriptionBatch> {
  const decode = await codec.decoder(stored);
  const events: RecordedEvent[] = [];
  for (const event of stored) {
    try {
      events.push(...decode(event));
    } catch (fault) {
      const last = events.at(-1);
      if (last) yield { events, checkpoint: last.position, caughtUp: false };
      throw fault;
    }
  }
  yield { events, ...end };
}
