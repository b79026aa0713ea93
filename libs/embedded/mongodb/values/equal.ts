import { compare } from './compare.js';
import type { Value } from './document.js';
import { Int32, ObjectId } from './scalars.js';

/** Whether two values are the same to a query: equal in the order of all values, whatever their numeric types. */
export function equal(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (typeof a === 'string' && typeof b === 'string') return false;
  if (a instanceof Int32 && b instanceof Int32) return a.value === b.value;
  if (a instanceof ObjectId && b instanceof ObjectId) return Buffer.compare(a.bytes, b.bytes) === 0;
  return compare(a, b) === 0;
}
