import {
  BsonSymbol,
  compareUtf8,
  DateTime,
  exactInteger,
  int32,
  isNumeric,
  MongoError,
  Timestamp,
  truncatedInt64,
  typeName,
  isNullish,
} from '../../values/index.js';
import type { Value } from '../../values/index.js';
import { textOf } from '../convert.js';
import type { Operator, OperatorGroup } from '../node.js';
import { boundary } from './array.js';
import { argument, binary, namedArguments, nary, unary } from './arguments.js';

const asText = (value: Value | undefined): string | undefined =>
  value instanceof BsonSymbol ? value.text : typeof value === 'string' ? value : undefined;

/** Strings, numbers and dates as the text they stand for; null is empty. Throws 16007 for the rest. */
function coerced(value: Value | undefined): string {
  if (isNullish(value)) return '';
  const text =
    asText(value) ??
    (isNumeric(value) || value instanceof DateTime || value instanceof Timestamp ? textOf(value) : undefined);
  if (text === undefined) throw new MongoError(16007, `can't convert from BSON type ${typeName(value)} to String`);
  return text;
}

function concat(values: readonly (Value | undefined)[]): Value {
  let all = '';
  for (const value of values) {
    if (isNullish(value)) return null;
    if (typeof value !== 'string') throw new MongoError(16702, `$concat only supports strings, not ${typeName(value)}`);
    all += value;
  }
  return all;
}

const ascii = (value: Value | undefined, from: RegExp, shift: (letter: string) => string): string =>
  coerced(value).replace(from, shift);

function split(value: Value | undefined, separator: Value | undefined): Value {
  if (isNullish(value) || isNullish(separator)) return null;
  if (typeof value !== 'string')
    throw new MongoError(
      40085,
      `$split requires an expression that evaluates to a string as a first argument, found: ${typeName(value)}`,
    );
  if (typeof separator !== 'string')
    throw new MongoError(
      40086,
      `$split requires an expression that evaluates to a string as a second argument, found: ${typeName(separator)}`,
    );
  if (separator === '') throw new MongoError(40087, '$split requires a non-empty separator');
  return value.split(separator);
}

function lengthInBytes(value: Value | undefined): Value {
  if (typeof value !== 'string')
    throw new MongoError(34473, `$strLenBytes requires a string argument, found: ${typeName(value)}`);
  return int32(Buffer.byteLength(value));
}

function lengthInCodePoints(value: Value | undefined): Value {
  if (typeof value !== 'string')
    throw new MongoError(34471, `$strLenCP requires a string argument, found: ${typeName(value)}`);
  return int32(Array.from(value).length);
}

function substringCodePoints([value, from, count]: readonly (Value | undefined)[]): Value {
  const text = Array.from(coerced(value));
  const [start, length] = [codePointCount(from, 34450, 34451, 34455), codePointCount(count, 34452, 34453, 34454)];
  return text.slice(start, start + length).join('');
}

function codePointCount(value: Value | undefined, notNumeric: number, notInteger: number, negative: number): number {
  if (!isNumeric(value))
    throw new MongoError(notNumeric, `$substrCP: index and length must be numeric, not ${typeName(value)}`);
  const integer = exactInteger(value);
  if (integer === undefined) throw new MongoError(notInteger, '$substrCP: index and length must be 32-bit integers');
  if (integer < 0n) throw new MongoError(negative, '$substrCP: index and length must not be negative');
  return Number(integer);
}

function substringBytes([value, from, count]: readonly (Value | undefined)[]): Value {
  const bytes = Buffer.from(coerced(value));
  if (!isNumeric(from))
    throw new MongoError(16034, `$substrBytes: starting index must be a numeric type (is BSON type ${typeName(from)})`);
  if (!isNumeric(count))
    throw new MongoError(16035, `$substrBytes: length must be a numeric type (is BSON type ${typeName(count)})`);
  const [start, length] = [Number(truncatedInt64(from) ?? 0n), Number(truncatedInt64(count) ?? 0n)];
  if (start < 0) throw new MongoError(50752, '$substrBytes: starting index must be non-negative');
  const end = length < 0 ? bytes.length : Math.min(bytes.length, start + length);
  if (isContinuation(bytes[start]))
    throw new MongoError(28656, '$substrBytes: Invalid range, starting index is a UTF-8 continuation byte.');
  if (end < bytes.length && isContinuation(bytes[end]))
    throw new MongoError(28657, '$substrBytes: Invalid range, ending index is in the middle of a UTF-8 character.');
  return start >= end ? '' : bytes.toString('utf8', start, end);
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** Where a text is found, counted in bytes or code points; -1 if nowhere. */
const indexOf = (
  name: '$indexOfBytes' | '$indexOfCP',
  codes: readonly [number, number],
  unitsOf: (text: string) => readonly (string | number)[],
): [string, Operator] =>
  nary(name, 2, 4, ([value, wanted, from, to]) => {
    if (isNullish(value)) return null;
    if (typeof value !== 'string')
      throw new MongoError(codes[0], `${name} requires a string as the first argument, found: ${typeName(value)}`);
    if (typeof wanted !== 'string')
      throw new MongoError(codes[1], `${name} requires a string as the second argument, found: ${typeName(wanted)}`);
    const [units, sought] = [unitsOf(value), unitsOf(wanted)];
    const end = Math.min(units.length, boundary(name, to, units.length));
    for (let index = boundary(name, from, 0); index + sought.length <= end; index += 1)
      if (sought.every((unit, offset) => units[index + offset] === unit)) return int32(index);
    return int32(-1);
  });

const defaultTrimmed = '\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a';

function trim(name: '$trim' | '$ltrim' | '$rtrim'): Operator {
  return (operand, scope) => {
    const named = namedArguments(name, operand, ['input'], ['chars'], {
      notObject: 50696,
      unknown: 50694,
      missing: 50695,
    });
    const [input, chars] = [argument(named, 'input', scope), argument(named, 'chars', scope)];
    return (frame) => {
      const value = input(frame);
      if (isNullish(value)) return null;
      if (typeof value !== 'string')
        throw new MongoError(50699, `${name} requires its input to be a string, got ${typeName(value)}`);
      const set = named.has('chars') ? chars(frame) : defaultTrimmed;
      if (isNullish(set)) return null;
      if (typeof set !== 'string')
        throw new MongoError(50700, `${name} requires 'chars' to be a string, got ${typeName(set)}`);
      return trimmed(Array.from(value), new Set(Array.from(set)), name);
    };
  };
}

function trimmed(points: readonly string[], set: ReadonlySet<string>, name: string): string {
  let start = 0;
  let end = points.length;
  if (name !== '$rtrim') while (start < end && set.has(points[start] ?? '')) start += 1;
  if (name !== '$ltrim') while (end > start && set.has(points[end - 1] ?? '')) end -= 1;
  return points.slice(start, end).join('');
}

function replace(name: '$replaceOne' | '$replaceAll'): Operator {
  return (operand, scope) => {
    const named = namedArguments(name, operand, ['input', 'find', 'replacement'], [], {
      notObject: 51751,
      unknown: 51750,
      missing: 51749,
    });
    const nodes = ['input', 'find', 'replacement'].map((each) => argument(named, each, scope));
    return (frame) => {
      const values = nodes.map((node) => node(frame));
      for (const [index, value] of values.entries())
        if (!isNullish(value) && typeof value !== 'string')
          throw new MongoError(
            [51746, 51745, 51744][index] ?? 51746,
            `${name} requires that its arguments be strings, found: ${typeName(value)}`,
          );
      const [input, find, replacement] = values;
      if (typeof input !== 'string' || typeof find !== 'string' || typeof replacement !== 'string') return null;
      return name === '$replaceAll'
        ? input.replaceAll(find, () => replacement)
        : input.replace(find, () => replacement);
    };
  };
}

/** Strings; counting is in code points or bytes, as the name says. Only ASCII letters change case, as in MongoDB. */
export const stringOperators: OperatorGroup = new Map<string, Operator>([
  nary('$concat', 0, Infinity, concat),
  unary('$toLower', (value) => ascii(value, /[A-Z]+/g, (letters) => letters.toLowerCase())),
  unary('$toUpper', (value) => ascii(value, /[a-z]+/g, (letters) => letters.toUpperCase())),
  binary('$split', split),
  unary('$strLenBytes', lengthInBytes),
  unary('$strLenCP', lengthInCodePoints),
  binary('$strcasecmp', (left, right) =>
    int32(
      Math.sign(
        compareUtf8(
          ascii(left, /[a-z]+/g, (letters) => letters.toUpperCase()),
          ascii(right, /[a-z]+/g, (letters) => letters.toUpperCase()),
        ),
      ),
    ),
  ),
  nary('$substr', 3, 3, substringBytes),
  nary('$substrBytes', 3, 3, substringBytes),
  nary('$substrCP', 3, 3, substringCodePoints),
  indexOf('$indexOfBytes', [40091, 40092], (text) => [...Buffer.from(text)]),
  indexOf('$indexOfCP', [40093, 40094], (text) => Array.from(text)),
  ['$trim', trim('$trim')],
  ['$ltrim', trim('$ltrim')],
  ['$rtrim', trim('$rtrim')],
  ['$replaceOne', replace('$replaceOne')],
  ['$replaceAll', replace('$replaceAll')],
]);
