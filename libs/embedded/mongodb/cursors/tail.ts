import { matches } from '../matching/index.js';
import type { MatchExpression } from '../matching/index.js';
import type { Projection } from '../projecting/index.js';
import type { Collection } from '../storage/collection.js';
import { encodeDocument, MongoError } from '../values/index.js';
import type { Document } from '../values/index.js';
import { MAX_BATCH_BYTES } from './batch.js';
import type { BatchReader, Pacer } from './batch.js';

const CHUNK = 256;

/** What a tailable cursor over a capped collection finds, in insertion order, and goes on finding as more is inserted. */
export class TailReader implements BatchReader {
  private last = 0;
  private ended = false;
  private left: number;

  constructor(
    private readonly collection: Collection,
    private readonly filter: MatchExpression,
    private readonly projection: Projection | undefined,
    limit: number,
  ) {
    this.left = limit;
    // There is no place to go on from in an empty collection: as in MongoDB the cursor ends at once.
    if (collection.count() === 0) this.ended = true;
  }

  get exhausted(): boolean {
    return this.ended;
  }

  /** What is there now, up to `maxDocuments` and 16 MB. Throws 136 when the collection has lost the place it stood at. */
  async read(maxDocuments: number, pacer: Pacer): Promise<Document[]> {
    const batch: Document[] = [];
    let bytes = 0;
    this.checkPlace();
    while (!this.ended && batch.length < maxDocuments) {
      const chunk = this.collection.scan(this.last, CHUNK, 1);
      for (const { rid, document } of chunk) {
        if (batch.length >= maxDocuments || bytes >= MAX_BATCH_BYTES) return batch;
        this.last = rid;
        if (!matches(this.filter, document)) continue;
        const shaped = this.projection?.project(document, undefined) ?? document;
        batch.push(shaped);
        bytes += (shaped.bytes ?? encodeDocument(shaped)).length;
        if (--this.left <= 0) {
          this.close();
          return batch;
        }
      }
      if (chunk.length < CHUNK) break;
      if (pacer.isOver) await pacer.rest();
    }
    return batch;
  }

  /** Resolves when something has been inserted, or after `ms`, or when the signal fires. */
  async awaitMore(ms: number, closed: AbortSignal): Promise<void> {
    await this.collection.nextInsert(ms, closed);
  }

  close(): void {
    this.ended = true;
  }

  private checkPlace(): void {
    if (this.collection.dropped) throw new MongoError(175, `collection ${this.collection.namespace} was dropped`);
    if (this.last > 0 && this.collection.byRid(this.last) === undefined)
      throw new MongoError(136, 'the collection has dropped the document that the tailable cursor stood at');
  }
}
