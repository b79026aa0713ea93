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
import { backOff, deadlineOf } from './patience.js';
import type { Patience } from './patience.js';
import { exactNumber } from './positions.js';
import type { Semaphore } from './semaphore.js';

const idleDeadline = 10_000;
const batchLimit = 1_000;
/** Smallest page of the log that is asked for: what stands between the product's own events costs no extra call. */
const smallestPage = 32;

type Resolved = ResolvedEvent | AllStreamResolvedEvent;

/**
 * Begins a read, or goes on with it beyond the last event that it gave, `given` in all. `undefined`: nothing is left.
 * One that begins with that event again is all right too.
 */
export type OpenRead = (last: StoredEvent | undefined, given: number) => StreamingRead<Resolved> | undefined;

/** Events of one read, in batches. A stream that never was has none. Goes on by itself when the connection is lost. */
export type ReadEvents = (where: string, open: OpenRead) => AsyncGenerator<readonly StoredEvent[]>;

export const readableOptions = { highWaterMark: batchLimit };

export function createReadEvents(reads: Semaphore, patience: Patience): ReadEvents {
  const { closing } = patience;
  return async function* readEvents(where, open) {
    const release = await reads.enter();
    let giveUp = deadlineOf(patience);
    let last: StoredEvent | undefined;
    let given = 0;
    let read = open(last, given);
    /** A read that nobody follows any more would keep its place on the connection. */
    let abandoned = true;
    try {
      for (let attempt = 0; read; attempt++) {
        const idle = () => Promise.resolve(new StoreUnavailable('event-store', 'a read stands still'));
        const { batches } = drain<Resolved>(read, {
          limit: batchLimit,
          idleAfter: idleDeadline,
          idle,
          signal: closing,
        });
        try {
          for await (const batch of batches) {
            const stored = batch.flatMap((resolved) => toStored(resolved) ?? []);
            yield stored;
            last = stored.at(-1) ?? last;
            given += stored.length;
            if (stored.length > 0) giveUp = deadlineOf(patience);
          }
          if (closing.aborted) throw new StoreUnavailable('event-store', 'closed');
          abandoned = false;
          return;
        } catch (error) {
          if (error instanceof StreamNotFoundError) return;
          if (!isPassing(error) || giveUp()) throw toFault(error, where);
          await backOff(attempt, closing);
          read = open(last, given);
        }
      }
    } finally {
      // One that could not even begin, or that is over, has nothing to cancel and says so.
      if (abandoned) void read?.cancel().catch(() => undefined);
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
    const direction = backwards ? BACKWARDS : FORWARDS;
    return (last) => {
      const place = last?.position ?? from;
      const fromPosition = place === undefined || place === 0 ? (backwards ? END : START) : placeOf(place);
      return client.readAll({ fromPosition, maxCount, direction }, readableOptions);
    };
  };

  return {
    async *readStream(stream, { from, direction = 'forwards', limit = Number.MAX_SAFE_INTEGER } = {}) {
      const backwards = direction === 'backwards';
      const open: OpenRead = (last, given) => {
        const next = last ? last.revision + (backwards ? -1 : 1) : from;
        if (given >= limit || (next !== undefined && next < 0)) return undefined;
        const options: ReadStreamOptions = {
          fromRevision: next === undefined ? (backwards ? END : START) : BigInt(next),
          maxCount: limit - given,
          direction: backwards ? BACKWARDS : FORWARDS,
        };
        return client.readStream(stream, options, readableOptions);
      };
      for await (const batch of readEvents(stream, open)) {
        const decode = await codec.decoder(batch);
        for (const stored of batch) yield* decode(stored);
      }
    },

    async *readAll({ beyond, direction = 'forwards', limit = Infinity } = {}) {
      let from = beyond;
      let left = limit;
      while (left > 0) {
        const page = left === Infinity ? Number.MAX_SAFE_INTEGER : Math.max(left + 1, smallestPage);
        let examined = 0;
        for await (const batch of readEvents('$all', readLog(from, direction === 'backwards', page))) {
          const decode = await codec.decoder(batch);
          for (const stored of batch) {
            examined++;
            // Forwards, the server begins with the event that stands at the place.
            if (stored.position === from) continue;
            from = stored.position;
            const events = decode(stored);
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
          const decode = await codec.decoder(batch);
          for (const stored of batch) if (stored.position === position) return decode(stored)[0];
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
