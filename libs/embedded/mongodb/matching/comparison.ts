import type { Collation } from '../collation/index.js';
import {
  bsonUndefined,
  BsonUndefined,
  compare,
  Document,
  equal,
  keyString,
  MaxKey,
  MinKey,
  MongoError,
  rankOf,
  Rank,
  Regex,
} from '../values/index.js';
import type { Value } from '../values/index.js';
import type { ElementCondition, ElementTest } from './expression.js';
import { regexTest } from './regex.js';

/** `$eq` and plain values. Null also stands for missing and undefined. Throws 2 for undefined. */
export function equality(operand: Value, collation: Collation | undefined): ElementCondition {
  if (operand instanceof BsonUndefined) throw new MongoError(2, 'cannot compare to undefined');
  return { operator: '$eq', operand, leafArrays: 'elements and array', test: equalTo(operand, collation) };
}

function equalTo(operand: Value, collation: Collation | undefined): ElementTest {
  if (operand === null) return isNullish;
  if (typeof operand === 'string' && collation === undefined)
    return (value) => value === operand || equal(value, operand);
  if (collation === undefined) return (value) => equal(value, operand);
  return (value) => compare(value, operand, collation.compare) === 0;
}

const isNullish = (value: Value | undefined): boolean =>
  value === undefined || value === null || value === bsonUndefined;

/** `$lt`, `$lte`, `$gt`, `$gte`: within the type bracket of the operand. Throws 2 for regexes and undefined. */
export function range(
  operator: '$lt' | '$lte' | '$gt' | '$gte',
  operand: Value,
  collation: Collation | undefined,
): ElementCondition {
  if (operand instanceof Regex)
    throw new MongoError(2, `Can't have RegEx as arg to predicate over field with ${operator}`);
  if (operand instanceof BsonUndefined) throw new MongoError(2, 'cannot compare to undefined');
  return { operator, operand, leafArrays: 'elements and array', test: within(operator, operand, collation) };
}

function within(
  operator: '$lt' | '$lte' | '$gt' | '$gte',
  operand: Value,
  collation: Collation | undefined,
): ElementTest {
  const holds = comparisons[operator];
  const includesEqual = operator === '$lte' || operator === '$gte';
  if (operand === null) return includesEqual ? isNullish : () => false;
  // NaN is equal to NaN and neither above nor below anything.
  if (isNaNValue(operand)) return includesEqual ? (value) => isNaNValue(value) : () => false;
  // The bounds of all values are the two operands that compare across types.
  if (operand instanceof MinKey || operand instanceof MaxKey) return (value) => holds(compare(value, operand));
  const rank = rankOf(operand);
  return (value) => rankOf(value) === rank && !isNaNValue(value) && holds(compare(value, operand, collation?.compare));
}

const comparisons = {
  $lt: (difference: number) => difference < 0,
  $lte: (difference: number) => difference <= 0,
  $gt: (difference: number) => difference > 0,
  $gte: (difference: number) => difference >= 0,
};

const isNaNValue = (value: Value | undefined): boolean => rankOf(value) === Rank.number && compare(value, NaN) === 0;

/** From this many values on, a hash of their keys is quicker than comparing one by one. */
const manyValues = 8;

/** `$in`: any of the values, or a string that one of the regexes matches. Throws 2 for operators and undefined inside. */
export function oneOf(operand: Value, collation: Collation | undefined): ElementCondition {
  if (!Array.isArray(operand)) throw new MongoError(2, '$in needs an array');
  for (const value of operand) refuseOperators('$in', value);
  const tests: ElementTest[] = operand.filter((value) => value instanceof Regex).map((regex) => regexTest(regex));
  const values = operand.filter((value) => !(value instanceof Regex));
  if (collation !== undefined || values.length < manyValues)
    tests.push(...values.map((value) => equality(value, collation).test));
  else {
    if (values.includes(null)) tests.push(isNullish);
    const keys = new Set(values.map(hashKey));
    tests.push((value) => value !== undefined && keys.has(hashKey(value)));
  }
  const test: ElementTest = (value) => tests.some((each) => each(value));
  return { operator: '$in', operand, leafArrays: 'elements and array', test };
}

const hashKey = (value: Value): string => keyString([value]).toString('latin1');

function refuseOperators(operator: string, value: Value): void {
  if (value instanceof BsonUndefined) throw new MongoError(2, `cannot compare to undefined in ${operator}`);
  if (isOperatorDocument(value)) throw new MongoError(2, `cannot nest $ under ${operator}`);
}

/** Whether a value is an object of operators rather than a literal: its first name says it; DBRefs are literals. */
export function isOperatorDocument(value: Value | undefined): value is Document {
  if (!(value instanceof Document)) return false;
  const first = value.keys().next().value;
  return first?.startsWith('$') === true && !dbRefNames.has(first);
}

const dbRefNames = new Set(['$ref', '$id', '$db']);
