import { compareSortKeys, parseSort, sortKeyOf } from '../../sorting/index.js';
import {
  compare,
  Document,
  exactInteger,
  fitsInt32,
  int32,
  isNumeric,
  MongoError,
  toDouble,
  typeName,
  isNullish,
} from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { Operator, OperatorGroup, Scope } from '../node.js';
import { nary, binary, unary } from './arguments.js';

const equalIn = (scope: Scope, a: Value | undefined, b: Value | undefined): boolean =>
  compare(a, b, scope.context.collation?.compare) === 0;

function arrayElemAt(array: Value | undefined, index: Value | undefined): Value | undefined {
  if (isNullish(array) || isNullish(index)) return null;
  if (!Array.isArray(array))
    throw new MongoError(28689, `$arrayElemAt's first argument must be an array, but is ${typeName(array)}`);
  if (!isNumeric(index))
    throw new MongoError(28690, `$arrayElemAt's second argument must be a numeric value, but is ${typeName(index)}`);
  const at = exactInteger(index);
  if (at === undefined || !fitsInt32(at))
    throw new MongoError(28691, "$arrayElemAt's second argument must be representable as a 32-bit integer");
  return array.at(Number(at));
}

const end = (name: string, at: 0 | -1): [string, Operator] =>
  unary(name, (array) => {
    if (isNullish(array)) return null;
    if (!Array.isArray(array))
      throw new MongoError(28689, `${name}'s argument must be an array, but is ${typeName(array)}`);
    return array.at(at);
  });

function concatArrays(values: readonly (Value | undefined)[]): Value {
  const all: Value[] = [];
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!Array.isArray(value))
      throw new MongoError(28664, `$concatArrays only supports arrays, not ${typeName(value)}`);
    all.push(...value);
  }
  return all;
}

function slice([array, first, second]: readonly (Value | undefined)[]): Value {
  if (isNullish(array) || isNullish(first)) return null;
  if (!Array.isArray(array))
    throw new MongoError(28724, `First argument to $slice must be an array, but is of type: ${typeName(array)}`);
  const start = sliceInteger(first, 28725, 28726);
  if (second === undefined) return start >= 0 ? array.slice(0, start) : array.slice(start);
  if (isNullish(second)) return null;
  const count = sliceInteger(second, 28727, 28728);
  if (count <= 0) throw new MongoError(28729, `Third argument to $slice must be positive: ${count}`);
  const from = start < 0 ? Math.max(0, array.length + start) : start;
  return array.slice(from, from + count);
}

function sliceInteger(value: Value, notNumeric: number, notInteger: number): number {
  if (!isNumeric(value))
    throw new MongoError(notNumeric, `argument to $slice must be numeric, but is of type: ${typeName(value)}`);
  const integer = exactInteger(value);
  if (integer === undefined || !fitsInt32(integer))
    throw new MongoError(notInteger, 'argument to $slice can not be represented as a 32-bit integer');
  return Number(integer);
}

function isIn(value: Value | undefined, array: Value | undefined, scope: Scope): boolean {
  if (!Array.isArray(array))
    throw new MongoError(40081, `$in requires an array as a second argument, found: ${typeName(array)}`);
  return array.some((element) => equalIn(scope, element, value));
}

/** A whole number from 0, or what is absent. Throws 40096 and 40097. */
export function boundary(name: string, value: Value | undefined, absent: number): number {
  if (value === undefined) return absent;
  const integer = exactInteger(value);
  if (integer === undefined)
    throw new MongoError(40096, `${name} requires an integral index, found a value of type: ${typeName(value)}`);
  if (integer < 0n) throw new MongoError(40097, `${name} requires a nonnegative index, found: ${integer}`);
  return Number(integer);
}

function indexOfArray([array, wanted, from, to]: readonly (Value | undefined)[], scope: Scope): Value {
  if (isNullish(array)) return null;
  if (!Array.isArray(array))
    throw new MongoError(40090, `$indexOfArray requires an array as a first argument, found: ${typeName(array)}`);
  const start = boundary('$indexOfArray', from, 0);
  const stop = Math.min(array.length, boundary('$indexOfArray', to, array.length));
  for (let index = start; index < stop; index += 1) if (equalIn(scope, array[index], wanted)) return int32(index);
  return int32(-1);
}

function range([from, to, step = int32(1)]: readonly (Value | undefined)[]): Value {
  const [start, stop, by] = [
    rangeInteger(from, 34443, 34444),
    rangeInteger(to, 34445, 34446),
    rangeInteger(step, 34447, 34448),
  ];
  if (by === 0) throw new MongoError(34449, '$range requires a non-zero step value');
  const length = Math.max(0, Math.ceil((stop - start) / by));
  if (length > 8_000_000) throw new MongoError(146, '$range would use too much memory');
  return Array.from({ length }, (_, index) => int32(start + index * by));
}

function rangeInteger(value: Value | undefined, notNumeric: number, notInteger: number): number {
  if (!isNumeric(value))
    throw new MongoError(notNumeric, `$range requires numeric values, found value of type: ${typeName(value)}`);
  const integer = exactInteger(value);
  if (integer === undefined || !fitsInt32(integer))
    throw new MongoError(notInteger, '$range requires values that can be represented as 32-bit integers');
  return Number(integer);
}

function reverse(array: Value | undefined): Value {
  if (isNullish(array)) return null;
  if (!Array.isArray(array))
    throw new MongoError(34435, `The argument to $reverseArray must be an array, but was of type: ${typeName(array)}`);
  return array.toReversed();
}

function size(array: Value | undefined): Value {
  if (!Array.isArray(array))
    throw new MongoError(17124, `The argument to $size must be an array, but was of type: ${typeName(array)}`);
  return int32(array.length);
}

const sortArray: Operator = (operand, scope) => {
  if (!(operand instanceof Document))
    throw new MongoError(2942500, `$sortArray requires an object as an argument, found: ${typeName(operand)}`);
  for (const name of operand.keys())
    if (name !== 'input' && name !== 'sortBy')
      throw new MongoError(2942501, `$sortArray found an unknown argument: ${name}`);
  const [input, sortBy] = [operand.get('input'), operand.get('sortBy')];
  if (input === undefined) throw new MongoError(2942502, "$sortArray requires 'input' to be specified");
  if (sortBy === undefined) throw new MongoError(2942503, "$sortArray requires 'sortBy' to be specified");
  const order = elementOrder(sortBy, scope);
  const evaluate = scope.compile(input);
  return (frame) => {
    const array = evaluate(frame);
    if (isNullish(array)) return null;
    if (!Array.isArray(array))
      throw new MongoError(
        2942504,
        `The input argument to $sortArray must be an array, but was of type: ${typeName(array)}`,
      );
    return order(array);
  };
};

function elementOrder(sortBy: Value, scope: Scope): (array: readonly Value[]) => Value[] {
  const strings = scope.context.collation?.compare;
  if (sortBy instanceof Document) {
    const fields = parseSort(sortBy);
    const compareKeys = compareSortKeys(fields, strings);
    return (array) =>
      array
        .map((element) => ({
          element,
          key: sortKeyOf(element instanceof Document ? element : new Document(), fields, compareKeys),
        }))
        .sort((a, b) => compareKeys(a.key, b.key))
        .map(({ element }) => element);
  }
  const direction = isNumeric(sortBy) ? toDouble(sortBy) : 0;
  if (direction !== 1 && direction !== -1)
    throw new MongoError(2942505, 'the sortBy argument of $sortArray must be 1, -1 or an object');
  return (array) => array.toSorted((a, b) => direction * compare(a, b, strings));
}

const zip: Operator = (operand, scope) => {
  if (!(operand instanceof Document))
    throw new MongoError(34460, `$zip only supports an object as an argument, found ${typeName(operand)}`);
  for (const name of operand.keys())
    if (!['inputs', 'useLongestLength', 'defaults'].includes(name))
      throw new MongoError(34464, `$zip found an unknown argument: ${name}`);
  const inputs = operand.get('inputs');
  if (!Array.isArray(inputs) || inputs.length === 0)
    throw new MongoError(34465, '$zip requires at least one input array');
  const longest = operand.get('useLongestLength') ?? false;
  if (typeof longest !== 'boolean') throw new MongoError(34463, 'useLongestLength must be a bool');
  const defaults = operand.get('defaults');
  if (defaults !== undefined && !longest)
    throw new MongoError(34466, 'cannot specify defaults unless useLongestLength is true');
  if (defaults !== undefined && (!Array.isArray(defaults) || defaults.length !== inputs.length))
    throw new MongoError(34467, 'defaults and inputs must have the same length');
  const arrays = inputs.map((input) => scope.compile(input));
  const fillers = (Array.isArray(defaults) ? defaults : []).map((filler) => scope.compile(filler));
  return (frame) => {
    const evaluated: Value[][] = [];
    for (const array of arrays) {
      const value = array(frame);
      if (isNullish(value)) return null;
      if (!Array.isArray(value))
        throw new MongoError(34468, `$zip found a non-array expression in input: ${typeName(value)}`);
      evaluated.push(value);
    }
    const lengths = evaluated.map((array) => array.length);
    const length = longest ? Math.max(...lengths) : Math.min(...lengths);
    return Array.from({ length }, (_, at) =>
      evaluated.map((array, index) => array[at] ?? fillers[index]?.(frame) ?? null),
    );
  };
};

/** `$filter`, `$map`, `$reduce` are in `iteration.ts`. */
export const arrayOperators: OperatorGroup = new Map<string, Operator>([
  binary('$arrayElemAt', arrayElemAt),
  end('$first', 0),
  end('$last', -1),
  nary('$concatArrays', 0, Infinity, concatArrays),
  nary('$slice', 2, 3, slice),
  binary('$in', isIn),
  nary('$indexOfArray', 2, 4, indexOfArray),
  unary('$isArray', (value) => Array.isArray(value)),
  nary('$range', 2, 3, range),
  unary('$reverseArray', reverse),
  unary('$size', size),
  ['$sortArray', sortArray],
  ['$zip', zip],
]);
