import { categoryOf, createEventCodec, EventTooLarge, RevisionConflict, StreamGone } from '#event-sourcing';
import type {
  Clock,
  EncodedEvent,
  EventCatalogue,
  EventStore,
  EventToAppend,
  ExpectedRevision,
  KeyRing,
  Position,
  RecordedEvent,
  StoredEvent,
} from '#event-sourcing';
import { createTestKeyRing } from './in-memory-key-store.js';

const largestEvent = 64 * 1024;
const batchLimit = 1_000;
/** Positions of a real log have gaps; whoever counts on `position + 1` shall fail here too. */
const positionStep = 7;

interface Stored {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  readonly type: string;
  readonly json: { readonly data: string; readonly metadata: string };
  readonly created: string;
}

interface Stream {
  readonly events: Stored[];
  gone: boolean;
  truncatedBefore: number;
  maxAgeSeconds: number | undefined;
}

/** What is stored. Several stores over one log are several processes, also of different builds. */
export interface InMemoryLog {
  readonly events: Stored[];
  readonly streams: Map<string, Stream>;
  /** Subscribers that sleep until something changes. */
  readonly waiting: Set<() => void>;
  /** What the personal data of its events is sealed with, unless a store brings its own. */
  readonly keys: KeyRing;
  position: Position;
}

export const emptyLog = (): InMemoryLog => ({
  events: [],
  streams: new Map(),
  waiting: new Set(),
  keys: createTestKeyRing(),
  position: 0,
});

/**
 * The port in memory, with the store's own rules: idempotent appends, tombstones, truncation, expiry, positions with
 * gaps. What is stored has gone through the codec and JSON, so nothing survives here that would not survive there.
 */
export function createInMemoryEventStore(options: {
  catalogue: EventCatalogue;
  clock: Clock;
  log?: InMemoryLog;
  keys?: KeyRing;
}): EventStore {
  const { catalogue, clock, log = emptyLog() } = options;
  const { events: stored, streams, waiting } = log;
  const codec = createEventCodec(catalogue, options.keys ?? log.keys);

  function streamOf(name: string): Stream {
    const known = streams.get(name);
    if (known?.gone) throw new StreamGone(name);
    return known ?? { events: [], gone: false, truncatedBefore: 0, maxAgeSeconds: undefined };
  }

  function change(name: string, stream: Stream): void {
    streams.set(name, stream);
    log.position += positionStep;
    for (const wake of [...waiting]) wake();
  }

  async function decode(events: readonly Stored[]): Promise<readonly RecordedEvent[]> {
    const batch = events.map(({ json, ...event }): StoredEvent => {
      return { ...event, data: JSON.parse(json.data), metadata: JSON.parse(json.metadata) };
    });
    const decoded = await codec.decoder(batch);
    return batch.flatMap(decoded);
  }

  function readable(stream: Stream): readonly Stored[] {
    const oldest = stream.maxAgeSeconds === undefined ? 0 : Date.parse(clock.now()) - stream.maxAgeSeconds * 1_000;
    return stream.events.filter(
      ({ revision, created }) => revision >= stream.truncatedBefore && Date.parse(created) >= oldest,
    );
  }

  return {
    async append(name, events, expected) {
      const encoded = (await codec.encode(name, events)).map((event) => toStored(name, event));
      // Everything is checked before anything changes, and nothing is awaited in between: all or nothing.
      const stream = streamOf(name);
      const revision = stream.events.length - 1;
      const again = repeated(stream, events, expected);
      if (again !== undefined) return { revision: again.revision, position: again.position };
      if (expected !== 'any' && (expected === 'none' ? -1 : expected) !== revision) {
        throw new RevisionConflict(name, expected, revision);
      }
      for (const event of encoded) {
        const record = {
          ...event,
          stream: name,
          revision: stream.events.length,
          position: log.position + positionStep,
          created: clock.now(),
        };
        stream.events.push(record);
        stored.push(record);
        change(name, stream);
      }
      return { revision: stream.events.length - 1, position: log.position };
    },

    async *readStream(name, { from, direction = 'forwards', limit = Infinity } = {}) {
      await Promise.resolve();
      const events = readable(streamOf(name));
      const wanted =
        direction === 'forwards'
          ? events.filter(({ revision }) => revision >= (from ?? 0))
          : events.filter(({ revision }) => revision <= (from ?? Infinity)).reverse();
      yield* await decode(wanted.slice(0, limit));
    },

    async *readAll({ beyond, direction = 'forwards', limit = Infinity } = {}) {
      await Promise.resolve();
      const wanted =
        direction === 'forwards'
          ? stored.filter(({ position }) => position > (beyond ?? 0))
          : stored.filter(({ position }) => position < (beyond ?? Infinity)).reverse();
      const own = wanted.filter(({ stream }) => categoryOf(stream, catalogue.categories) !== undefined);
      yield* await decode(own.slice(0, limit));
    },

    async eventAt(wanted) {
      const events = await decode(stored.filter(({ position }) => position === wanted));
      return events[0];
    },

    async *subscribe({ after, signal, categories }) {
      let checkpoint = after === 'start' ? 0 : after === 'end' ? log.position : after;
      const wanted = categories === undefined ? catalogue.categories : new Set(categories);
      let next = stored.findIndex(({ position }) => position > checkpoint);
      if (next < 0) next = stored.length;
      let first = true;
      while (!signal.aborted) {
        const examined = stored.slice(next, next + batchLimit);
        if (examined.length > 0 || first) {
          next += examined.length;
          const caughtUp = next === stored.length;
          checkpoint = Math.max(checkpoint, caughtUp ? log.position : (examined.at(-1)?.position ?? 0));
          first = false;
          const mine = examined.filter(({ stream }) => categoryOf(stream, wanted) !== undefined);
          yield { events: await decode(mine), checkpoint, caughtUp };
        } else {
          await changed(signal);
        }
      }
    },

    // eslint-disable-next-line @typescript-eslint/require-await -- throws must become rejections
    async truncateBefore(name, revision) {
      const stream = streamOf(name);
      stream.truncatedBefore = revision;
      change(name, stream);
    },

    // eslint-disable-next-line @typescript-eslint/require-await -- throws must become rejections
    async expireAfter(name, seconds) {
      const stream = streamOf(name);
      stream.maxAgeSeconds = seconds;
      change(name, stream);
    },

    // eslint-disable-next-line @typescript-eslint/require-await -- throws must become rejections
    async tombstone(name, expected) {
      if (streams.get(name)?.gone) return;
      const stream = streamOf(name);
      const revision = stream.events.length - 1;
      if (expected !== 'any' && (expected === 'none' ? -1 : expected) !== revision) {
        throw new RevisionConflict(name, expected, revision);
      }
      stream.gone = true;
      change(name, stream);
    },
  };

  function changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
}

function toStored(stream: string, { id, type, data, metadata }: EncodedEvent): Pick<Stored, 'id' | 'type' | 'json'> {
  const json = { data: JSON.stringify(data), metadata: JSON.stringify(metadata) };
  if (Buffer.byteLength(json.data) + Buffer.byteLength(json.metadata) > largestEvent) {
    throw new EventTooLarge(stream, largestEvent);
  }
  return { id, type, json };
}

/** The last event of an append that was made before, by the rules of the real store. */
function repeated(stream: Stream, events: readonly EventToAppend[], expected: ExpectedRevision): Stored | undefined {
  const [first] = events;
  if (!first) return undefined;
  const revision = stream.events.length - 1;
  if (expected === 'any') {
    const known = events.map(({ id }) => stream.events.find((stored) => stored.id === id));
    return known.every((stored) => stored !== undefined) ? known.at(-1) : undefined;
  }
  const before = expected === 'none' ? -1 : expected;
  if (before >= revision) return undefined;
  const stored = stream.events.slice(before + 1, before + 1 + events.length);
  const same = stored.length === events.length && stored.every(({ id }, index) => id === events[index]?.id);
  return same ? stored.at(-1) : undefined;
}
