import {
  ANY,
  EventStoreDBClient,
  NO_STREAM,
  StreamDeletedError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { createEventCodec, RevisionConflict, StoreUnavailable } from '#event-sourcing';
import type { Appended, EventCatalogue, EventStore, ExpectedRevision, KeyRing } from '#event-sourcing';
import type { AppendAnswer, WireEvent } from './append-request.js';
import { createBatchAppender } from './batch-append.js';
import { isPassing, toFault } from './faults.js';
import { patiently } from './patience.js';
import { createReadEvents, createReading } from './reading.js';
import { createSemaphore } from './semaphore.js';
import { createMetadataChange } from './stream-metadata.js';
import { createSubscribe } from './subscribing.js';

// One connection to a real server carries 100 calls, and further ones wait for ever. All appends are one call.
const readsAtOnce = 64;
const subscriptionsAtOnce = 24;
const tombstonesAtOnce = 8;
const appendsInFlight = 256;
const mostWaiting = 2_000;

const appendDeadline = 10_000;
const healthDeadline = 2_000;

export interface EventStoreDBOptions {
  /** As the client takes it: `esdb://host:2113?tls=false`, `esdb+discover://…` for a cluster. */
  readonly url: string;
  readonly catalogue: EventCatalogue;
  /** What personal data is sealed with. */
  readonly keys: KeyRing;
  /** Milliseconds after which a silent subscription is checked against the log. */
  readonly silence?: number;
  /** Milliseconds that a call goes on trying while the store does not answer. */
  readonly patience?: number;
}

export interface ConnectedEventStore extends EventStore {
  /** Whether the store answers a read within two seconds. */
  healthy(): Promise<boolean>;
  /** Ends subscriptions; what is called afterwards throws `StoreUnavailable`. */
  close(): Promise<void>;
}

/** The port over the official client. Connects with the first call, and again by itself whenever the connection is lost. */
export function connectEventStoreDB({
  url,
  catalogue,
  keys,
  silence = 30_000,
  patience = 4_000,
}: EventStoreDBOptions): ConnectedEventStore {
  const client = EventStoreDBClient.connectionString(url);
  const codec = createEventCodec(catalogue, keys);
  const closing = new AbortController();
  const waiting = { milliseconds: patience, closing: closing.signal };
  const appender = createBatchAppender(client, appendDeadline);
  const appends = createSemaphore('appends', appendsInFlight, mostWaiting);
  const tombstones = createSemaphore('tombstones', tombstonesAtOnce, mostWaiting);
  const reads = createSemaphore('reads', readsAtOnce, mostWaiting);
  const readEvents = createReadEvents(reads, waiting);
  const { endOfLog, ...reading } = createReading(client, codec, readEvents);
  const changeMetadata = createMetadataChange(client, readEvents, append);

  function refuseWhenClosed(): void {
    if (closing.signal.aborted) throw new StoreUnavailable('event-store', 'closed');
  }

  async function append(stream: string, events: readonly WireEvent[], expected: ExpectedRevision): Promise<Appended> {
    const release = await appends.enter();
    try {
      // An answer that was lost is settled by appending again: the store knows the same ids at the same place.
      const answer = await patiently(() => appendOnce(stream, events, expected), isPassingOrLost, waiting);
      if ('fault' in answer) throw answer.fault;
      const { revision, position } = answer;
      return { revision, position: position ?? (await positionOf(stream, revision)) };
    } catch (error) {
      throw toFault(error, stream);
    } finally {
      release();
    }
  }

  async function appendOnce(
    stream: string,
    events: readonly WireEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendAnswer> {
    refuseWhenClosed();
    const answer = await appender.append(stream, events, expected);
    if (!answer) throw new LostAnswer();
    return answer;
  }

  /** For a repeated append, of which the store no longer says where it stands. */
  async function positionOf(stream: string, revision: number): Promise<number> {
    for await (const event of reading.readStream(stream, { from: revision, limit: 1 })) return event.position;
    return 0;
  }

  async function tombstoneOnce(stream: string, expected: ExpectedRevision): Promise<void> {
    refuseWhenClosed();
    const expectedRevision = expected === 'any' ? ANY : expected === 'none' ? NO_STREAM : BigInt(expected);
    try {
      await client.tombstoneStream(stream, { expectedRevision });
    } catch (error) {
      if (error instanceof StreamDeletedError) return;
      if (!(error instanceof WrongExpectedVersionError)) throw error;
      const { actualVersion } = error;
      throw new RevisionConflict(stream, expected, actualVersion === 'no_stream' ? -1 : Number(actualVersion));
    }
  }

  return {
    ...reading,
    append: async (stream, events, expected) => append(stream, await codec.encode(stream, events), expected),
    subscribe: createSubscribe({
      client,
      codec,
      endOfLog,
      silence,
      closing: closing.signal,
      subscriptions: createSemaphore('subscriptions', subscriptionsAtOnce, 0),
    }),
    truncateBefore: (stream, revision) => changeMetadata(stream, { $tb: revision }),
    expireAfter: (stream, seconds) => changeMetadata(stream, { $maxAge: seconds }),
    async tombstone(stream, expected) {
      const release = await tombstones.enter();
      try {
        await patiently(() => tombstoneOnce(stream, expected), isPassing, waiting);
      } catch (error) {
        throw toFault(error, stream);
      } finally {
        release();
      }
    },
    async healthy() {
      const late = new Promise<boolean>((resolve) => setTimeout(resolve, healthDeadline, false).unref());
      const answered = endOfLog().then(
        () => true,
        () => false,
      );
      return Promise.race([answered, late]);
    },
    async close() {
      closing.abort();
      appender.close();
      await client.dispose();
      // eslint-disable-next-line @typescript-eslint/dot-notation -- protected; `dispose` leaves the connection open
      (await client['getChannel']()).close();
    },
  };
}

/** Nobody knows whether the append took effect. */
class LostAnswer extends Error {}

const isPassingOrLost = (error: unknown): boolean => error instanceof LostAnswer || isPassing(error);
