import { setImmediate as nextTurn } from 'node:timers/promises';
import { encodeDocument, MongoError } from '../values/index.js';
import type { Document } from '../values/index.js';

/**
 * Results as they are made, one by one. An `undefined` in between is no result: it marks a point where the work may
 * pause, so that a scan which finds little neither blocks other clients nor outlives its `maxTimeMS`.
 */
export type Results = Iterator<Document | undefined>;

/** Bytes of documents after which a batch is full (a larger single document still goes out, alone). */
export const MAX_BATCH_BYTES = 16 * 1024 * 1024;
const SLICE_MS = 5;

/** Stops what has run for too long at once: lets other clients have their turn, or ends it with 50. */
export class Pacer {
  private sliceEnd = performance.now() + SLICE_MS;
  private steps = 0;

  constructor(
    private readonly deadline: number,
    private readonly closed: AbortSignal,
    /** What else is to be waited for before the work goes on. */
    private readonly gate: () => Promise<void> | undefined = () => undefined,
  ) {}

  /** Whether the slice is used up; looks at the clock only every few calls. */
  get due(): boolean {
    return (++this.steps & 15) === 0 && this.isOver;
  }

  /** The same for places that are reached after some work only, such as the marks between results. */
  get isOver(): boolean {
    return performance.now() >= this.sliceEnd;
  }

  /** Throws 50 past the deadline, 11601 (Interrupted) when the client has gone. */
  async rest(): Promise<void> {
    this.check();
    await nextTurn();
    for (let wait = this.gate(); wait !== undefined; wait = this.gate()) await wait;
    this.check();
    this.sliceEnd = performance.now() + SLICE_MS;
  }

  check(): void {
    if (performance.now() >= this.deadline) throw new MongoError(50, 'operation exceeded time limit');
    if (this.closed.aborted) throw new MongoError(11601, 'operation was interrupted: the client has gone');
  }
}

/** What a cursor reads its batches from. */
export interface BatchReader {
  /** Nothing is left: the cursor closes. */
  readonly exhausted: boolean;
  /** Up to `maxDocuments` documents and 16 MB. */
  read(maxDocuments: number, pacer: Pacer): Promise<Document[]>;
  /** Lets the results go before their end. */
  close(): void;
}

/** A stretch of results with the right to look one document ahead. */
export class ResultReader implements BatchReader {
  private ahead: Document | undefined;
  private ended = false;

  /** `limit` counts over all batches: reaching it is the end, without looking for one document more. */
  constructor(
    private readonly results: Results,
    private limit = Infinity,
  ) {}

  get exhausted(): boolean {
    return this.ended && this.ahead === undefined;
  }

  /** Up to `maxDocuments` documents and 16 MB. Afterwards `exhausted` tells whether there may be more. */
  async read(maxDocuments: number, pacer: Pacer): Promise<Document[]> {
    const batch: Document[] = [];
    let bytes = 0;
    while (batch.length < maxDocuments) {
      const taken = this.take(pacer);
      const document = taken instanceof Promise ? await taken : taken;
      if (document === undefined) break;
      const size = (document.bytes ?? encodeDocument(document)).length;
      if (batch.length > 0 && bytes + size > MAX_BATCH_BYTES) {
        this.ahead = document;
        break;
      }
      batch.push(document);
      bytes += size;
      if (--this.limit <= 0) {
        this.close();
        break;
      }
    }
    return batch;
  }

  /** Lets the results go before their end. */
  close(): void {
    this.ended = true;
    this.ahead = undefined;
    this.results.return?.();
  }

  private take(pacer: Pacer): Document | undefined | Promise<Document | undefined> {
    const { ahead } = this;
    this.ahead = undefined;
    if (ahead !== undefined) return ahead;
    while (!this.ended) {
      const { value, done } = this.results.next() as IteratorResult<Document | undefined, undefined>;
      if (done === true) this.ended = true;
      else if (value !== undefined) return value;
      if (pacer.isOver) return pacer.rest().then(() => this.take(pacer));
    }
    return undefined;
  }
}
