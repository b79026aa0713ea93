import { Document, typeOf } from './document.js';
import type { Value } from './document.js';
import { encodeDocument } from './encode.js';

/** Whether two values are the same bytes: 1 and 1.0 are equal but not identical. */
export function identical(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return a !== 0 || Object.is(a, b);
  if (a === undefined || b === undefined || typeOf(a) !== typeOf(b)) return false;
  if (typeof a === 'string' || typeof a === 'boolean' || typeof a === 'bigint') return false;
  return encodeDocument(Document.of({ value: a })).equals(encodeDocument(Document.of({ value: b })));
}
