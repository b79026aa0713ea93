import type { Document } from '../values/document.js';
import { MongoError } from '../values/errors.js';
import { shellText } from './shell-text.js';

/** A write would give two documents the same key of a unique index. Clients parse the text, and read the two fields. */
export class DuplicateKey extends MongoError {
  constructor(
    namespace: string,
    indexName: string,
    readonly keyPattern: Document,
    readonly keyValue: Document,
  ) {
    super(
      11000,
      `E11000 duplicate key error collection: ${namespace} index: ${indexName} dup key: ${shellText(keyValue)}`,
    );
  }
}
