import type { StoredEvent } from '../storage/events.js';

/** How many of the log's newest events are looked at for the ids of a stream that is not known yet. */
export const RECENT_EVENTS = 100_000;

/**
 * Twice that many: what is loaded of old streams must not push out what was written lately. Some 30 MB when full.
 */
const CAPACITY = 2 * RECENT_EVENTS;

type IdAt = Pick<StoredEvent, 'id' | 'revision'>;

/**
 * The ids of the newest events, each with the revision where it first occurred in its stream.
 * Appends that expect no certain revision are recognised as retries by it, after a restart as well: what was written
 * before is loaded when a stream is first asked about, because loading all of it would make every start wait.
 */
export class RecentIds {
  readonly #load: (stream: string) => Iterable<IdAt>;
  readonly #revisions = new Map<string, number>();
  /** Streams of which nothing is left to be loaded. */
  readonly #known = new Set<string>();

  /** `load` gives what the log has of a stream among its newest events. */
  constructor(load: (stream: string) => Iterable<IdAt>) {
    this.#load = load;
  }

  remember({ stream, id, revision }: Pick<StoredEvent, 'stream' | 'id' | 'revision'>): void {
    if (revision === 0) this.#markKnown(stream);
    this.#note(keyOf(stream, id), revision);
  }

  revisionOf(stream: string, id: Uint8Array): number | undefined {
    if (!this.#known.has(stream)) {
      for (const event of this.#load(stream)) this.#note(keyOf(stream, event.id), event.revision);
      this.#markKnown(stream);
    }
    return this.#revisions.get(keyOf(stream, id));
  }

  /** For an event that was not committed after all, or that a scavenge has removed. */
  forget({ stream, id, revision }: Pick<StoredEvent, 'stream' | 'id' | 'revision'>): void {
    const key = keyOf(stream, id);
    if (this.#revisions.get(key) === revision) this.#revisions.delete(key);
  }

  /** The first occurrence counts, and what is loaded may be older than what is there. */
  #note(key: string, revision: number): void {
    const noted = this.#revisions.get(key);
    if (noted !== undefined && noted <= revision) return;
    this.#revisions.set(key, revision);
    if (this.#revisions.size > CAPACITY) dropOldest(this.#revisions);
  }

  #markKnown(stream: string): void {
    this.#known.add(stream);
    if (this.#known.size > CAPACITY) dropOldest(this.#known);
  }
}

function dropOldest(collection: Map<string, unknown> | Set<string>): void {
  const [oldest] = collection.keys();
  if (oldest !== undefined) collection.delete(oldest);
}

/** The id comes first and has a fixed length, so no stream name can be mistaken for a part of it. */
function keyOf(stream: string, id: Uint8Array): string {
  return Buffer.from(id.buffer, id.byteOffset, id.byteLength).toString('latin1') + stream;
}
