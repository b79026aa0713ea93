import type { LiveFeed } from './live-feed.js';
import type { StreamStore } from './stream-store.js';
import type { WriteOutcome } from './write-outcome.js';

const LONGEST_BATCH = 5;
const LARGEST_BATCH = 4 * 1024 * 1024;
const SEVERAL = 4;
const GATHERING_TIME = 1;

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
 * Carries out writes one after another, in the order they came; those that come together share one commit, because
 * a commit costs a sync of the disk whatever its size.
 */
export class CommitQueue {
  readonly #store: StreamStore;
  readonly #feed: LiveFeed;
  #waiting: Waiting[] = [];
  #bytes = 0;
  #isScheduled = false;
  #lastBatch = 0;

  constructor(store: StreamStore, feed: LiveFeed) {
    this.#store = store;
    this.#feed = feed;
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
      this.#schedule();
    });
  }

  /** Carries out everything that waits. */
  flush(): void {
    while (this.#waiting.length > 0) this.#commitBatch();
  }

  /**
   * Alone, a write is committed right away. When the last batch held several, more are on their way: the thread could
   * not take them in while it waited for the disk, and waiting a moment for them saves most of the syncs.
   */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const commit = () => {
      this.#isScheduled = false;
      this.#commitBatch();
      if (this.#waiting.length > 0) this.#schedule();
    };
    if (this.#lastBatch >= SEVERAL) setTimeout(commit, GATHERING_TIME);
    else setImmediate(commit);
  }

  #commitBatch(): void {
    const batch: Waiting[] = [];
    const replies: (() => void)[] = [];
    try {
      const { events } = this.#store.transaction(() => {
        this.#fillBatch(batch, replies);
      });
      this.#feed.publish(events);
      for (const reply of replies) reply();
    } catch (error) {
      const failure = new CommitFailedError(`the log could not be written: ${String(error)}`, { cause: error });
      for (const { reject } of batch) reject(failure);
    }
    this.#lastBatch = batch.length;
    this.#waiting = this.#waiting.slice(batch.length);
    for (const { write } of batch) this.#bytes -= write.bytes;
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
