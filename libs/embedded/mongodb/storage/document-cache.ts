import { LRUCache } from 'lru-cache';
import type { Document } from '../values/document.js';

/** A document with its permanent number in the collection. */
export interface Stored {
  readonly rid: number;
  readonly document: Document;
}

interface Cached extends Stored {
  /** What `keyOf` names it by; undefined when it was not read by its `_id`. */
  readonly key: string | undefined;
}

/** What the fields of a decoded document take in memory, as a multiple of their bytes (measured on mixed documents). */
const DECODED_FACTOR = 6;
const OVERHEAD_BYTES = 400;

/** Documents as they were last read or written, so that hot ones are neither read nor decoded again; bounded by bytes. */
export class DocumentCache {
  private readonly documents: LRUCache<number, Cached>;
  /** Those that were read by `_id`, so that the next such read need not ask the index. */
  private readonly numbers = new Map<string, number>();

  constructor(maxBytes: number) {
    this.documents = new LRUCache({
      maxSize: maxBytes,
      dispose: ({ key }) => {
        if (key !== undefined) this.numbers.delete(key);
      },
    });
  }

  get(rid: number): Stored | undefined {
    return this.documents.get(rid);
  }

  getByKey(key: string): Stored | undefined {
    const rid = this.numbers.get(key);
    return rid === undefined ? undefined : this.documents.get(rid);
  }

  /** `bytes` is the encoded size; the key stays what it was unless one is given. */
  set(rid: number, document: Document, bytes: number, key = this.documents.peek(rid)?.key): void {
    // The old entry, disposed of, would take the key with it.
    this.documents.set(rid, { rid, document, key }, { size: bytes * DECODED_FACTOR + OVERHEAD_BYTES });
    if (key !== undefined && this.documents.has(rid)) this.numbers.set(key, rid);
  }

  delete(rid: number): void {
    this.documents.delete(rid);
  }

  clear(): void {
    this.documents.clear();
  }

  /** Names a document by its collection and the memcomparable key of its `_id`. */
  static keyOf(collection: number, idKey: Buffer): string {
    return `${collection}:${idKey.toString('latin1')}`;
  }
}
