import { LRUCache } from 'lru-cache';
import type { Document } from '../values/document.js';

/** A document with its permanent number in the collection. */
export interface Stored {
  readonly rid: number;
  readonly document: Document;
}

/** What the fields of a decoded document take in memory, as a multiple of their bytes (measured on mixed documents). */
const DECODED_FACTOR = 6;
const OVERHEAD_BYTES = 300;

/** Documents as they were last read or written, so that hot ones are neither read nor decoded again; bounded by bytes. */
export class DocumentCache {
  private readonly documents: LRUCache<number, Document>;

  constructor(maxBytes: number) {
    this.documents = new LRUCache({ maxSize: maxBytes });
  }

  get(rid: number): Document | undefined {
    return this.documents.get(rid);
  }

  set(rid: number, document: Document, bytes: number): void {
    this.documents.set(rid, document, { size: bytes * DECODED_FACTOR + OVERHEAD_BYTES });
  }

  delete(rid: number): void {
    this.documents.delete(rid);
  }

  clear(): void {
    this.documents.clear();
  }
}
