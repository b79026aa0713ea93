import { MongoError } from '../values/index.js';
import {
  dayOfWeek,
  dayOfYear,
  fieldsOf,
  isoDayOfWeek,
  isoLocalTime,
  isoWeek,
  isoWeekYear,
  localTime,
  week,
} from './calendar.js';
import { fromLocal, timeZone } from './time-zone.js';
import type { TimeZone } from './time-zone.js';

const padded = (value: number, width: number): string => String(value).padStart(width, '0');

const offsetText = (offset: number, separator = ''): string => {
  const minutes = Math.abs(offset) / 60_000;
  return `${offset < 0 ? '-' : '+'}${padded(Math.floor(minutes / 60), 2)}${separator}${padded(minutes % 60, 2)}`;
};

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const specifiers: Readonly<Record<string, (local: number, offset: number) => string>> = {
  d: (local) => padded(fieldsOf(local).day, 2),
  G: (local) => padded(isoWeekYear(local), 4),
  H: (local) => padded(fieldsOf(local).hour, 2),
  j: (local) => padded(dayOfYear(local), 3),
  L: (local) => padded(fieldsOf(local).millisecond, 3),
  m: (local) => padded(fieldsOf(local).month, 2),
  M: (local) => padded(fieldsOf(local).minute, 2),
  S: (local) => padded(fieldsOf(local).second, 2),
  w: (local) => String(dayOfWeek(local)),
  u: (local) => String(isoDayOfWeek(local)),
  U: (local) => padded(week(local), 2),
  V: (local) => padded(isoWeek(local), 2),
  Y: (local) => padded(fieldsOf(local).year, 4),
  b: (local) => (months[fieldsOf(local).month - 1] ?? '').slice(0, 3),
  B: (local) => months[fieldsOf(local).month - 1] ?? '',
  z: (_, offset) => offsetText(offset),
  Z: (_, offset) => String(offset / 60_000),
  '%': () => '%',
};

/** Checks a format. Throws 18535 for a lone `%` at the end, 18536 for an unknown specifier. */
export function checkFormat(format: string): void {
  for (let at = format.indexOf('%'); at >= 0; at = format.indexOf('%', at + 2)) {
    const letter = format[at + 1];
    if (letter === undefined) throw new MongoError(18535, "Unmatched '%' at end of format string");
    if (!Object.hasOwn(specifiers, letter))
      throw new MongoError(18536, `Invalid format character '%${letter}' in format string`);
  }
}

/** An instant as text. Throws 18537 for years that have no four digits. */
export function formatDate(ms: number, format: string, zone: TimeZone): string {
  const offset = zone(ms);
  const { year } = fieldsOf(ms + offset);
  if (year < 0 || year > 9999)
    throw new MongoError(18537, `Could not convert date to string: year ${year} is out of range [0, 9999]`);
  return format.replace(/%(.)/gs, (_, letter: string) => specifiers[letter]?.(ms + offset, offset) ?? '');
}

/** The instant an ISO 8601 text names; undefined if it is none. Without an offset of its own it is in `zone`. */
export function parseIsoDate(text: string, zone: TimeZone | undefined): number | undefined {
  const match =
    /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?\s*$/i.exec(
      text,
    );
  if (match === null) return undefined;
  const number = (index: number): number => Number(match[index] ?? 0);
  const millisecond = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const fields = {
    year: number(1),
    month: number(2),
    day: number(3),
    hour: number(4),
    minute: number(5),
    second: number(6),
    millisecond,
  };
  const local = localTime(fields);
  const back = fieldsOf(local);
  if (
    back.month !== fields.month ||
    back.day !== fields.day ||
    fields.hour > 24 ||
    fields.minute > 59 ||
    fields.second > 59
  )
    return undefined;
  const own = match[8];
  if (own !== undefined && zone !== undefined)
    throw new MongoError(
      241,
      `you cannot pass in a date/time string with time zone information ('${own}') together with a timezone argument`,
    );
  if (own === undefined) return fromLocal(local, zone ?? (() => 0));
  return local - (/^[+-]/.test(own) ? timeZone(own)(0) : 0);
}

const patterns: Readonly<Record<string, string>> = {
  d: '\\d{2}',
  G: '\\d{4}',
  H: '\\d{2}',
  j: '\\d{3}',
  L: '\\d{1,3}',
  m: '\\d{2}',
  M: '\\d{2}',
  S: '\\d{2}',
  u: '\\d',
  V: '\\d{2}',
  Y: '\\d{4}',
  b: '[A-Za-z]{3}',
  B: '[A-Za-z]+',
  z: '[+-]\\d{2}:?\\d{2}|Z',
  Z: '[+-]?\\d+',
};

/** The instant a text names by a format; undefined if they do not fit. */
export function parseDateByFormat(text: string, format: string, zone: TimeZone | undefined): number | undefined {
  const letters: string[] = [];
  const source = format.replace(/%(.)|[\^$\\.*+?()[\]{}|/]/gs, (whole, letter: string | undefined) => {
    if (letter === undefined) return `\\${whole}`;
    if (letter === '%') return '%';
    const pattern = patterns[letter];
    if (pattern === undefined) throw new MongoError(18536, `Invalid format character '%${letter}' in format string`);
    letters.push(letter);
    return `(${pattern})`;
  });
  const match = new RegExp(`^${source}$`).exec(text);
  if (match === null) return undefined;
  const found = new Map(letters.map((letter, index) => [letter, match[index + 1] ?? '']));
  const local = localOf(found);
  if (local === undefined) return undefined;
  return instantOf(local, found, zone);
}

function localOf(found: ReadonlyMap<string, string>): number | undefined {
  const number = (letter: string, absent: number): number => Number(found.get(letter) ?? absent);
  const time = { hour: number('H', 0), minute: number('M', 0), second: number('S', 0), millisecond: number('L', 0) };
  if (found.has('G')) {
    const { year, month, day } = fieldsOf(isoLocalTime(number('G', 1970), number('V', 1), number('u', 1)));
    return localTime({ year, month, day, ...time });
  }
  const name = found.get('b') ?? found.get('B');
  const month =
    name === undefined
      ? number('m', 1)
      : months.findIndex((each) => each.toLowerCase().startsWith(name.toLowerCase())) + 1;
  if (found.has('j')) return localTime({ year: number('Y', 1970), month: 1, day: number('j', 1), ...time });
  const local = localTime({ year: number('Y', 1970), month, day: number('d', 1), ...time });
  const back = fieldsOf(local);
  return back.month === month && back.day === number('d', 1) && time.hour < 24 && time.minute < 60 && time.second < 60
    ? local
    : undefined;
}

function instantOf(local: number, found: ReadonlyMap<string, string>, zone: TimeZone | undefined): number {
  const offset = found.get('z');
  const minutes = found.get('Z');
  if (offset === undefined && minutes === undefined) return fromLocal(local, zone ?? (() => 0));
  if (zone !== undefined)
    throw new MongoError(241, 'a date string with a time zone cannot be parsed together with a timezone argument');
  if (minutes !== undefined) return local - Number(minutes) * 60_000;
  return offset === 'Z' || offset === undefined ? local : local - timeZone(offset)(0);
}
