import type { StoredEvent } from '../storage/events.js';

/** Enough for the retries of minutes at full speed, in some 20 MB. */
const CAPACITY = 150_000;

/**
 * The ids of the newest events, each with the revision where it first occurred in its stream.
 * Appends that expect no certain revision are recognised as retries by it.
 */
export class RecentIds {
  readonly #revisions = new Map<string, number>();

  /** How many events back it is worth filling it from when a server starts. */
  static readonly capacity = CAPACITY;

  remember(event: Pick<StoredEvent, 'stream' | 'id' | 'revision'>): void {
    const key = keyOf(event.stream, event.id);
    if (this.#revisions.has(key)) return;
    this.#revisions.set(key, event.revision);
    if (this.#revisions.size <= CAPACITY) return;
    const [oldest] = this.#revisions.keys();
    if (oldest !== undefined) this.#revisions.delete(oldest);
  }

  revisionOf(stream: string, id: Uint8Array): number | undefined {
    return this.#revisions.get(keyOf(stream, id));
  }

  /** For an event that was not committed after all, or that a scavenge has removed. */
  forget(event: Pick<StoredEvent, 'stream' | 'id' | 'revision'>): void {
    const key = keyOf(event.stream, event.id);
    if (this.#revisions.get(key) === event.revision) this.#revisions.delete(key);
  }
}

/** The id comes first and has a fixed length, so no stream name can be mistaken for a part of it. */
function keyOf(stream: string, id: Uint8Array): string {
  return Buffer.from(id.buffer, id.byteOffset, id.byteLength).toString('latin1') + stream;
}
