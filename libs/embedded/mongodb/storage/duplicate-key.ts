import { Document } from '../values/document.js';
import type { Value } from '../values/document.js';
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

/** Documents share a key of an index that is to become unique: `violations` has the `_id`s of those, key by key. */
export class CannotConvertToUnique extends MongoError {
  readonly violations: Document[];

  constructor(ids: readonly Value[][]) {
    super(
      359,
      'Cannot convert the index to unique. Please resolve conflicting documents before running collMod again.',
    );
    this.violations = ids.map((shared) => new Document([['ids', shared]]));
  }
}
