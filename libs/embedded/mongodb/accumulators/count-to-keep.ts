import { exactInteger, isNumeric, MongoError, typeName } from '../values/index.js';
import type { Value } from '../values/index.js';

/** How many values to keep. Throws 5787902 for no number, 5787903 for a fraction, 5787908 unless it is positive. */
export function countToKeep(value: Value | undefined): number {
  if (!isNumeric(value))
    throw new MongoError(5787902, `Value for 'n' must be of integral type, but found ${typeName(value)}`);
  const count = exactInteger(value);
  if (count === undefined) throw new MongoError(5787903, `Value for 'n' must be of integral type`);
  if (count <= 0n) throw new MongoError(5787908, `'n' must be greater than 0, found ${count}`);
  return Number(count);
}
