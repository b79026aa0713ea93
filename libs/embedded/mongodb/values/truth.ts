import type { Value } from './document.js';
import { isNumeric, toDouble } from './numbers.js';
import { bsonUndefined } from './scalars.js';
import type { BsonUndefined } from './scalars.js';

/** Whether a value means yes: everything but false, null, undefined and zero. */
export const isTruthy = (value: Value | undefined): boolean =>
  value !== undefined &&
  value !== null &&
  value !== false &&
  value !== bsonUndefined &&
  !(isNumeric(value) && toDouble(value) === 0);

/** Null, missing or undefined: most operators answer null to it. */
export const isNullish = (value: Value | undefined): value is null | undefined | BsonUndefined =>
  value === undefined || value === null || value === bsonUndefined;
