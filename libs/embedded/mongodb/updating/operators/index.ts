import type { UpdateOperator } from '../modifier.js';
import { addToSet } from './add-to-set.js';
import { bit, inc, max, min, mul } from './arithmetic.js';
import { currentDate } from './current-date.js';
import { rename, set, setOnInsert, unset } from './fields.js';
import { pop, pull, pullAll } from './pull.js';
import { push } from './push.js';

/** Every update operator by name. */
export const updateOperators: ReadonlyMap<string, UpdateOperator> = new Map([
  ['$set', set],
  ['$unset', unset],
  ['$setOnInsert', setOnInsert],
  ['$rename', rename],
  ['$inc', inc],
  ['$mul', mul],
  ['$min', min],
  ['$max', max],
  ['$bit', bit],
  ['$currentDate', currentDate],
  ['$push', push],
  ['$addToSet', addToSet],
  ['$pop', pop],
  ['$pull', pull],
  ['$pullAll', pullAll],
]);
