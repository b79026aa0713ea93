import {
  dayOfWeek,
  dayOfYear,
  fieldsOf,
  fromLocal,
  isoDayOfWeek,
  isoLocalTime,
  isoWeek,
  isoWeekYear,
  localTime,
  week,
} from '../../dates/index.js';
import { Document, exactInteger, int32, isNullish, MongoError, typeName } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { Frame, Node, Operator, OperatorGroup } from '../node.js';
import { argument, missing, namedArguments } from './arguments.js';
import { dateOf, instant, zoneOf } from './date-arguments.js';

/** One field of a date: given as the operand, or as `{ date, timezone }`. */
const part = (name: string, take: (local: number) => Value): [string, Operator] => [
  name,
  (operand, scope) => {
    const only = Array.isArray(operand) && operand.length === 1 ? (operand[0] ?? null) : operand;
    if (Array.isArray(only))
      throw new MongoError(
        40536,
        `${name} accepts exactly one argument if given an array, but was given ${only.length}`,
      );
    const isNamed = only instanceof Document && only.keys().next().value?.startsWith('$') !== true;
    const named = isNamed
      ? namedArguments(name, only, ['date'], ['timezone'], { notObject: 40539, unknown: 40535, missing: 40539 })
      : undefined;
    const date = named === undefined ? scope.compile(only) : argument(named, 'date', scope);
    const zone = named === undefined ? missing : zoneNode(argument(named, 'timezone', scope), named.has('timezone'));
    return (frame) => {
      const value = date(frame);
      if (isNullish(value)) return null;
      const offset = zoneOf(zone(frame));
      if (offset === undefined) return null;
      const ms = instant(value);
      return take(ms + offset(ms));
    };
  },
];

/** A time zone that is written down but evaluates to nothing makes the result null, as null does. */
const zoneNode =
  (node: Node, isGiven: boolean): Node =>
  (frame) =>
    isGiven ? (node(frame) ?? null) : undefined;

const dateToParts: Operator = (operand, scope) => {
  const named = namedArguments('$dateToParts', operand, ['date'], ['timezone', 'iso8601'], {
    notObject: 40524,
    unknown: 40520,
    missing: 40522,
  });
  const date = argument(named, 'date', scope);
  const zone = zoneNode(argument(named, 'timezone', scope), named.has('timezone'));
  const iso = argument(named, 'iso8601', scope);
  return (frame) => {
    const isIso = iso(frame) ?? false;
    if (isNullish(isIso)) return null;
    if (typeof isIso !== 'boolean')
      throw new MongoError(40521, `iso8601 must evaluate to a bool, found ${typeName(isIso)}`);
    const offset = zoneOf(zone(frame));
    const value = date(frame);
    if (offset === undefined || isNullish(value)) return null;
    const ms = instant(value);
    const local = ms + offset(ms);
    const { year, month, day, ...time } = fieldsOf(local);
    const days = isIso
      ? { isoWeekYear: isoWeekYear(local), isoWeek: isoWeek(local), isoDayOfWeek: isoDayOfWeek(local) }
      : { year, month, day };
    return new Document(Object.entries({ ...days, ...time }).map(([name, number]) => [name, int32(number)]));
  };
};

const timeNames = ['hour', 'minute', 'second', 'millisecond'];
const dateNames = ['year', 'month', 'day'];
const isoNames = ['isoWeekYear', 'isoWeek', 'isoDayOfWeek'];

const dateFromParts: Operator = (operand, scope) => {
  const named = namedArguments('$dateFromParts', operand, [], [...dateNames, ...isoNames, ...timeNames, 'timezone'], {
    notObject: 40519,
    unknown: 40518,
    missing: 40516,
  });
  const isIso = named.has('isoWeekYear');
  if (!isIso && !named.has('year'))
    throw new MongoError(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
  for (const name of isIso ? dateNames : isoNames)
    if (named.has(name))
      throw new MongoError(40489, `$dateFromParts does not allow mixing natural dates with ISO dates: ${name}`);
  const zone = zoneNode(argument(named, 'timezone', scope), named.has('timezone'));
  const nodes = (isIso ? isoNames : dateNames)
    .concat(timeNames)
    .map((name) => numberNode(named, name, argument(named, name, scope)));
  return (frame) => {
    const offset = zoneOf(zone(frame));
    const numbers = nodes.map((node) => node(frame));
    if (offset === undefined || numbers.includes(undefined)) return null;
    const [first = 0, second = 1, third = 1, hour = 0, minute = 0, secondOfMinute = 0, millisecond = 0] = numbers;
    const days = isIso ? fieldsOf(isoLocalTime(first, second, third)) : { year: first, month: second, day: third };
    const local = localTime({ ...days, hour, minute, second: secondOfMinute, millisecond });
    return dateOf(fromLocal(local, offset));
  };
};

/** A named number with its default; undefined for null. Throws 40515 for what is no whole number, 40523 for a bad year. */
function numberNode(named: Document, name: string, node: Node): (frame: Frame) => number | undefined {
  const absent = timeNames.includes(name) ? 0 : 1;
  if (!named.has(name)) return () => absent;
  return (frame) => {
    const value = node(frame);
    if (isNullish(value)) return undefined;
    const integer = exactInteger(value);
    if (integer === undefined)
      throw new MongoError(40515, `'${name}' must evaluate to an integer, found ${typeName(value)}`);
    const number = Number(integer);
    const isYear = name === 'year' || name === 'isoWeekYear';
    if (isYear && (number < 1 || number > 9999))
      throw new MongoError(40523, `'${name}' must evaluate to an integer in the range 1 to 9999, found ${number}`);
    if (!isYear && Math.abs(number) > 32767 && name !== 'second' && name !== 'millisecond')
      throw new MongoError(
        31034,
        `'${name}' must evaluate to a value in the range [-32768, 32767]; value ${number} is not in range`,
      );
    return number;
  };
}

/** Dates taken apart and put together. */
export const datePartOperators: OperatorGroup = new Map<string, Operator>([
  part('$year', (local) => int32(fieldsOf(local).year)),
  part('$month', (local) => int32(fieldsOf(local).month)),
  part('$dayOfMonth', (local) => int32(fieldsOf(local).day)),
  part('$hour', (local) => int32(fieldsOf(local).hour)),
  part('$minute', (local) => int32(fieldsOf(local).minute)),
  part('$second', (local) => int32(fieldsOf(local).second)),
  part('$millisecond', (local) => int32(fieldsOf(local).millisecond)),
  part('$dayOfYear', (local) => int32(dayOfYear(local))),
  part('$dayOfWeek', (local) => int32(dayOfWeek(local))),
  part('$week', (local) => int32(week(local))),
  part('$isoDayOfWeek', (local) => int32(isoDayOfWeek(local))),
  part('$isoWeek', (local) => int32(isoWeek(local))),
  part('$isoWeekYear', (local) => BigInt(isoWeekYear(local))),
  ['$dateToParts', dateToParts],
  ['$dateFromParts', dateFromParts],
]);
