import { BACKWARDS, END, FORWARDS, START, StreamNotFoundError, UnknownError } from '@eventstore/db-client';
import type {
  AllStreamResolvedEvent,
  EventStoreDBClient,
  ReadStreamOptions,
  ResolvedEvent,
  StreamingRead,
} from '@eventstore/db-client';
import { StoreUnavailable } from '#event-sourcing';
import type { EventCodec, EventStore, Position, StoredEvent } from '#event-sourcing';
import { drain } from './drain.js';
import { isPassing, toFault } from './faults.js';
import { backOff, patience } from './patience.js';
import { exactNumber } from './positions.js';
import type { Semaphore } from './semaphore.js';

const idleDeadline = 10_000;
const batchLimit = 1_000;
/** Smallest page of the log that is asked for: what stands between the product's own events costs no extra call. */
const smallestPage = 32;

type Resolved = ResolvedEvent | AllStreamResolvedEvent;
export type OpenRead = () => StreamingRead<Resolved>;

/** Events of one read of the client, in batches. A stream that never was has none. */
export type ReadEvents = (where: string, open: OpenRead) => AsyncGenerator<readonly StoredEvent[]>;

export const readableOptions = { highWaterMark: batchLimit };

export function createReadEvents(reads: Semaphore, closing: AbortSignal): ReadEvents {
  return async function* readEvents(where, open) {
    const release = await reads.enter();
    const started = performance.now();
    let read: StreamingRead<Resolved> | undefined;
    let done = false;
    try {
      for (let attempt = 0; ; attempt++) {
        let any = false;
        read = open();
        const idle = () => Promise.resolve(new StoreUnavailable('event-store', 'a read stands still'));
        const { batches } = drain<Resolved>(read, {
          limit: batchLimit,
          idleAfter: idleDeadline,
          idle,
          signal: closing,
        });
        try {
          for await (const batch of batches) {
            any ||= batch.length > 0;
            yield batch.flatMap((resolved) => toStored(resolved) ?? []);
          }
          if (closing.aborted) throw new StoreUnavailable('event-store', 'closed');
          done = true;
          return;
        } catch (error) {
          done = !closing.aborted;
          if (error instanceof StreamNotFoundError) return;
          // Once a part was given away, only the reader knows how to go on.
          if (any || closing.aborted || !isPassing(error) || performance.now() - started > patience)
            throw toFault(error, where);
          await backOff(attempt, closing);
        }
      }
    } finally {
      // A read that nobody follows any more would keep its place on the connection. One that could not even begin
      // has nothing to cancel, and says so.
      if (!done) void read?.cancel().catch(() => undefined);
      release();
    }
  };
}

export function toStored({ event }: Resolved): StoredEvent | undefined {
  if (!event?.position) return undefined;
  return {
    id: event.id,
    stream: event.streamId,
    revision: Number(event.revision),
    position: exactNumber(event.position.commit, event.streamId),
    type: event.type,
    data: event.data,
    metadata: event.metadata,
    created: event.created.toISOString(),
  };
}

export const placeOf = (position: Position): { commit: bigint; prepare: bigint } => ({
  commit: BigInt(position),
  prepare: BigInt(position),
});

export function createReading(
  client: EventStoreDBClient,
  codec: EventCodec,
  readEvents: ReadEvents,
): Pick<EventStore, 'readStream' | 'readAll' | 'eventAt'> & { readonly endOfLog: () => Promise<Position> } {
  const readLog = (from: Position | undefined, backwards: boolean, maxCount: number): OpenRead => {
    const fromPosition = from === undefined || from === 0 ? (backwards ? END : START) : placeOf(from);
    return () =>
      client.readAll({ fromPosition, maxCount, direction: backwards ? BACKWARDS : FORWARDS }, readableOptions);
  };

  return {
    async *readStream(stream, { from, direction = 'forwards', limit = Number.MAX_SAFE_INTEGER } = {}) {
      if (limit === 0) return;
      const backwards = direction === 'backwards';
      const fromRevision = from === undefined ? (backwards ? END : START) : BigInt(from);
      const options: ReadStreamOptions = { fromRevision, maxCount: limit, direction: backwards ? BACKWARDS : FORWARDS };
      for await (const batch of readEvents(stream, () => client.readStream(stream, options, readableOptions))) {
        for (const stored of batch) yield* codec.decode(stored);
      }
    },

    async *readAll({ beyond, direction = 'forwards', limit = Infinity } = {}) {
      const backwards = direction === 'backwards';
      let from = beyond;
      let left = limit;
      while (left > 0) {
        const page = left === Infinity ? Number.MAX_SAFE_INTEGER : Math.max(left + 1, smallestPage);
        let examined = 0;
        const after = from;
        for await (const batch of readEvents('$all', readLog(from, backwards, page))) {
          for (const stored of batch) {
            examined++;
            from = stored.position;
            // Forwards, the server begins with the event that stands at the place.
            if (stored.position === after) continue;
            const events = codec.decode(stored);
            yield* events;
            if (events.length > 0 && --left === 0) return;
          }
        }
        if (examined < page) return;
      }
    },

    async eventAt(position) {
      try {
        for await (const batch of readEvents('$all', readLog(position, false, 1))) {
          for (const stored of batch) if (stored.position === position) return codec.decode(stored)[0];
        }
      } catch (error) {
        // A real server does not say "nothing there" of a place between two records; it fails without a word.
        if (!(error instanceof StoreUnavailable && error.cause instanceof UnknownError)) throw error;
      }
      return undefined;
    },

    async endOfLog() {
      for await (const batch of readEvents('$all', readLog(undefined, true, 1))) {
        for (const stored of batch) return stored.position;
      }
      return 0;
    },
  };
}
