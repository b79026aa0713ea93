import { setImmediate } from 'node:timers/promises';
import type { StoredEvent } from '../storage/events.js';
import type { LiveFeed } from './live-feed.js';
import type { StreamStore } from './stream-store.js';
import type { WriteOutcome } from './write-outcome.js';

const LONGEST_BATCH = 5;
const LARGEST_BATCH = 4 * 1024 * 1024;
/** A sync that takes longer in milliseconds is not waited for in place again. */
const SLOW_SYNC = 5;

/** The commit failed, for lack of space for instance. Nothing of the write is in the log. */
export class CommitFailedError extends Error {
  override readonly name = 'CommitFailedError';
}

export interface Write {
  /** Payload bytes, for bounding a batch. */
  readonly bytes: number;
  /** Asked right before it is carried out; afterwards it is too late to withdraw it. */
  isWithdrawn(): boolean;
  carryOut(store: StreamStore): WriteOutcome;
}

interface Waiting {
  readonly write: Write;
  readonly resolve: (outcome: WriteOutcome | 'withdrawn') => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Carries out writes one after another, in the order they came; those that come while the disk is busy share the next
 * commit, because a commit costs a sync of the disk whatever its size.
 */
export class CommitQueue {
  readonly #store: StreamStore;
  readonly #feed: LiveFeed;
  readonly #onFailure: (error: CommitFailedError) => void;
  #waiting: Waiting[] = [];
  #bytes = 0;
  /** Carries out what waits, commit after commit; undefined when nothing does. */
  #working: Promise<void> | undefined;
  #lastSyncInPlace = 0;

  /** `onFailure` is told of a commit that failed, besides those who wait for it. */
  constructor(store: StreamStore, feed: LiveFeed, onFailure: (error: CommitFailedError) => void) {
    this.#store = store;
    this.#feed = feed;
    this.#onFailure = onFailure;
  }

  /** Payload bytes that wait for their commit. */
  get waitingBytes(): number {
    return this.#bytes;
  }

  /**
   * Resolves when the write is on disk and every reader can see it. Rejects with CommitFailedError, or with what
   * made the write itself impossible; then nothing was written.
   */
  submit(write: Write): Promise<WriteOutcome | 'withdrawn'> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ write, resolve, reject });
      this.#bytes += write.bytes;
      this.#working ??= this.#work();
    });
  }

  /** Resolves when nothing waits any more. */
  async flush(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    // What comes in the same turn of the event loop is to share the commit.
    await setImmediate();
    while (this.#waiting.length > 0) await this.#commitBatch();
    this.#working = undefined;
  }

  async #commitBatch(): Promise<void> {
    const batch: Waiting[] = [];
    const replies: (() => void)[] = [];
    try {
      const events = this.#commit(batch, replies);
      if (events.length > 0) await this.#sync(batch.length);
      this.#feed.publish(events);
      for (const reply of replies) reply();
    } catch (error) {
      const failure = new CommitFailedError(`the log could not be written: ${String(error)}`, { cause: error });
      this.#onFailure(failure);
      for (const { reject } of batch) reject(failure);
    }
    for (const { write } of batch) this.#bytes -= write.bytes;
  }

  #commit(batch: Waiting[], replies: (() => void)[]): readonly StoredEvent[] {
    try {
      return this.#store.commit(() => {
        this.#fillBatch(batch, replies);
      }).events;
    } finally {
      this.#waiting = this.#waiting.slice(batch.length);
    }
  }

  /** Nobody else gains from the thread being free while a lone write waits, unless the disk is slow. */
  async #sync(writes: number): Promise<void> {
    if (writes > 1 || this.#waiting.length > 0 || this.#lastSyncInPlace > SLOW_SYNC) {
      this.#lastSyncInPlace = 0;
      await this.#store.log.sync();
      return;
    }
    const started = performance.now();
    this.#store.log.syncNow();
    this.#lastSyncInPlace = performance.now() - started;
  }

  /** Stops early rather than keep the thread from its other clients. */
  #fillBatch(batch: Waiting[], replies: (() => void)[]): void {
    const started = performance.now();
    let bytes = 0;
    for (const waiting of this.#waiting) {
      if (batch.length > 0 && (bytes >= LARGEST_BATCH || performance.now() - started > LONGEST_BATCH)) break;
      bytes += waiting.write.bytes;
      batch.push(waiting);
      replies.push(this.#carryOut(waiting));
    }
  }

  /** A write that fails before it has written anything fails alone; otherwise the whole batch has to. */
  #carryOut({ write, resolve, reject }: Waiting): () => void {
    if (write.isWithdrawn()) {
      return () => {
        resolve('withdrawn');
      };
    }
    const before = this.#store.log.nextPosition;
    try {
      const outcome = write.carryOut(this.#store);
      return () => {
        resolve(outcome);
      };
    } catch (error) {
      if (this.#store.log.nextPosition !== before) throw error;
      return () => {
        reject(error);
      };
    }
  }
}
