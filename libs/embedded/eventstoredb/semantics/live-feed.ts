import type { StoredEvent } from '../storage/events.js';

export type LiveListener = (events: readonly StoredEvent[]) => void;

/** Tells who is listening of every commit, in order, right after it. */
export class LiveFeed {
  readonly #toAll = new Set<LiveListener>();
  readonly #toStream = new Map<string, Set<LiveListener>>();

  /** Gives the end of listening. */
  listenToAll(listener: LiveListener): () => void {
    this.#toAll.add(listener);
    return () => {
      this.#toAll.delete(listener);
    };
  }

  /** Gives the end of listening. */
  listenToStream(stream: string, listener: LiveListener): () => void {
    const listeners = this.#toStream.get(stream) ?? new Set();
    this.#toStream.set(stream, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#toStream.get(stream) === listeners) this.#toStream.delete(stream);
    };
  }

  publish(events: readonly StoredEvent[]): void {
    if (events.length === 0) return;
    for (const listener of this.#toAll) listener(events);
    if (this.#toStream.size === 0) return;
    for (const [stream, ofStream] of Map.groupBy(events, (event) => event.stream)) {
      for (const listener of this.#toStream.get(stream) ?? []) listener(ofStream);
    }
  }
}
