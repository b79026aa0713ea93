import {
  addUnits,
  checkFormat,
  formatDate,
  parseDateByFormat,
  parseIsoDate,
  truncate,
  unitsBetween,
  utc,
  weekdayNumber,
} from '../../dates/index.js';
import { isNullish, MongoError, typeName } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { Operator, OperatorGroup } from '../node.js';
import { argument, namedArguments } from './arguments.js';
import { dateOf, instant, unitOf, wholeNumber, zoneOf } from './date-arguments.js';

/** The values of an operator's named arguments; undefined for one that is not written, null for one without a value. */
type Evaluated = ReadonlyMap<string, Value | undefined>;

function withNamed(
  name: string,
  required: readonly string[],
  optional: readonly string[],
  codes: { readonly notObject: number; readonly unknown: number; readonly missing: number },
  apply: (values: Evaluated) => Value | undefined,
): [string, Operator] {
  return [
    name,
    (operand, scope) => {
      const named = namedArguments(name, operand, required, optional, codes);
      const nodes = [...named.keys()].map((each) => [each, argument(named, each, scope)] as const);
      return (frame) => apply(new Map(nodes.map(([each, node]) => [each, node(frame) ?? null])));
    },
  ];
}

/** `$dateAdd` and `$dateSubtract`. */
const moved = (name: string, sign: 1 | -1): [string, Operator] =>
  withNamed(
    name,
    ['startDate', 'unit', 'amount'],
    ['timezone'],
    { notObject: 5166400, unknown: 5166401, missing: 5166402 },
    (values) => {
      const [start, unit, amount] = [values.get('startDate'), values.get('unit'), values.get('amount')];
      const zone = zoneOf(values.get('timezone'));
      if (isNullish(start) || isNullish(unit) || isNullish(amount) || zone === undefined) return null;
      const checked = unitOf(name, unit);
      return dateOf(addUnits(instant(start), checked, sign * wholeNumber(amount, 5166405, `${name} 'amount'`), zone));
    },
  );

function startOfWeek(name: string, value: Value | undefined): number {
  if (value === undefined) return 7;
  const number = typeof value === 'string' ? weekdayNumber(value) : undefined;
  if (number === undefined)
    throw new MongoError(
      typeof value === 'string' ? 9 : 5439015,
      `${name} parameter 'startOfWeek' value cannot be recognized as a day of a week`,
    );
  return number;
}

const dateDiff = withNamed(
  '$dateDiff',
  ['startDate', 'endDate', 'unit'],
  ['timezone', 'startOfWeek'],
  { notObject: 5166301, unknown: 5166302, missing: 5166303 },
  (values) => {
    const [start, end, unit] = [values.get('startDate'), values.get('endDate'), values.get('unit')];
    const zone = zoneOf(values.get('timezone'));
    if (isNullish(start) || isNullish(end) || isNullish(unit) || zone === undefined) return null;
    const checked = unitOf('$dateDiff', unit);
    const first = checked === 'week' ? startOfWeek('$dateDiff', values.get('startOfWeek')) : 7;
    return BigInt(unitsBetween(instant(start), instant(end), checked, zone, first));
  },
);

const dateTrunc = withNamed(
  '$dateTrunc',
  ['date', 'unit'],
  ['binSize', 'timezone', 'startOfWeek'],
  { notObject: 5439007, unknown: 5439008, missing: 5439009 },
  (values) => {
    const [date, unit, binSize = 1] = [values.get('date'), values.get('unit'), values.get('binSize')];
    const zone = zoneOf(values.get('timezone'));
    if (isNullish(date) || isNullish(unit) || isNullish(binSize) || zone === undefined) return null;
    const checked = unitOf('$dateTrunc', unit);
    const size = wholeNumber(binSize, 5439017, "$dateTrunc 'binSize'");
    if (size <= 0) throw new MongoError(5439018, '$dateTrunc requires binSize to be greater than 0');
    const first = checked === 'week' ? startOfWeek('$dateTrunc', values.get('startOfWeek')) : 7;
    return dateOf(truncate(instant(date), checked, size, zone, first));
  },
);

const dateToString = withNamed(
  '$dateToString',
  ['date'],
  ['format', 'timezone', 'onNull'],
  { notObject: 18629, unknown: 18534, missing: 18628 },
  (values) => {
    const [date, format] = [values.get('date'), values.get('format')];
    const zone = zoneOf(values.get('timezone'));
    if (format !== undefined && !isNullish(format) && typeof format !== 'string')
      throw new MongoError(18533, `$dateToString requires that 'format' be a string, found: ${typeName(format)}`);
    if (typeof format === 'string') checkFormat(format);
    if (isNullish(date)) return values.has('onNull') ? values.get('onNull') : null;
    if (zone === undefined || format === null) return null;
    // Without a format the text says what it is: a Z for UTC, none for another zone.
    const pattern = typeof format === 'string' ? format : `%Y-%m-%dT%H:%M:%S.%L${zone === utc ? 'Z' : ''}`;
    return formatDate(instant(date), pattern, zone);
  },
);

const dateFromString = withNamed(
  '$dateFromString',
  ['dateString'],
  ['format', 'timezone', 'onNull', 'onError'],
  { notObject: 40540, unknown: 40541, missing: 40542 },
  (values) => {
    const [text, format] = [values.get('dateString'), values.get('format')];
    if (format !== undefined && !isNullish(format) && typeof format !== 'string')
      throw new MongoError(40684, `$dateFromString requires that 'format' be a string, found: ${typeName(format)}`);
    const zone = zoneOf(values.get('timezone'));
    if (isNullish(text)) return values.has('onNull') ? values.get('onNull') : null;
    if (zone === undefined || format === null) return null;
    try {
      return dateOf(parsedDate(text, format, values.has('timezone') ? zone : undefined));
    } catch (error) {
      if (error instanceof MongoError && error.code === 241 && values.has('onError')) return values.get('onError');
      throw error;
    }
  },
);

function parsedDate(text: Value, format: Value | undefined, zone: typeof utc | undefined): number {
  if (typeof text !== 'string')
    throw new MongoError(241, `$dateFromString requires that 'dateString' be a string, found: ${typeName(text)}`);
  const ms = typeof format === 'string' ? parseDateByFormat(text, format, zone) : parseIsoDate(text, zone);
  if (ms === undefined) throw new MongoError(241, `Error parsing date string '${text}'`);
  return ms;
}

/** Dates moved, compared, cut and written. */
export const dateOperators: OperatorGroup = new Map<string, Operator>([
  moved('$dateAdd', 1),
  moved('$dateSubtract', -1),
  dateDiff,
  dateTrunc,
  dateToString,
  dateFromString,
]);
