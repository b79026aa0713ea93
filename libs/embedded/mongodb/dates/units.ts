import { fieldsOf, localTime } from './calendar.js';
import { fromLocal } from './time-zone.js';
import type { TimeZone } from './time-zone.js';

export const units = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;

export type Unit = (typeof units)[number];

/** Milliseconds of the units that always last the same on a clock. */
const lengths: Readonly<Record<'week' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond', number>> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
};

const monthsOf: Readonly<Record<'year' | 'quarter' | 'month', number>> = { year: 12, quarter: 3, month: 1 };

const isByMonth = (unit: Unit): unit is keyof typeof monthsOf => Object.hasOwn(monthsOf, unit);

/** From days upwards local clocks count, below real time does: an hour is an hour on the day the clocks change. */
const isByLocalClock = (unit: Unit): boolean => isByMonth(unit) || unit === 'week' || unit === 'day';

/** An instant moved by so many units; a day that the month does not have becomes its last one. */
export function addUnits(ms: number, unit: Unit, amount: number, zone: TimeZone): number {
  if (!isByLocalClock(unit) && !isByMonth(unit)) return ms + amount * lengths[unit];
  const local = ms + zone(ms);
  const moved = isByMonth(unit) ? addMonths(local, amount * monthsOf[unit]) : local + amount * lengths[unit];
  return fromLocal(moved, zone);
}

function addMonths(local: number, months: number): number {
  const fields = fieldsOf(local);
  const first = fieldsOf(localTime({ ...fields, day: 1, month: fields.month + months }));
  const lastDay = fieldsOf(localTime({ ...first, month: first.month + 1, day: 0 })).day;
  return localTime({ ...first, day: Math.min(fields.day, lastDay) });
}

/** How many boundaries of a unit lie between two instants; `startOfWeek` is 1 for Monday to 7 for Sunday. */
export function unitsBetween(start: number, end: number, unit: Unit, zone: TimeZone, startOfWeek: number): number {
  const index = (ms: number): number => unitIndex(isByLocalClock(unit) ? ms + zone(ms) : ms, unit, startOfWeek);
  return index(end) - index(start);
}

/** From here units are counted. It is a Saturday: weeks are counted from the first day after it that they begin on. */
const reference = Date.UTC(2000, 0, 1);

const originOf = (unit: Unit, startOfWeek: number): number =>
  unit === 'week' ? reference + ((startOfWeek + 1) % 7) * lengths.day : reference;

/** How many whole units from the reference on. */
function unitIndex(time: number, unit: Unit, startOfWeek: number): number {
  if (isByMonth(unit)) {
    const { year, month } = fieldsOf(time);
    return Math.floor(((year - 2000) * 12 + month - 1) / monthsOf[unit]);
  }
  return Math.floor((time - originOf(unit, startOfWeek)) / lengths[unit]);
}

/** The beginning of the bin of `binSize` units that an instant lies in; bins are counted from 2000 on. */
export function truncate(ms: number, unit: Unit, binSize: number, zone: TimeZone, startOfWeek: number): number {
  const local = ms + zone(ms);
  const bin = Math.floor(unitIndex(local, unit, startOfWeek) / binSize) * binSize;
  if (isByMonth(unit)) return fromLocal(localTime({ ...midnight, year: 2000, month: 1 + bin * monthsOf[unit] }), zone);
  const start = originOf(unit, startOfWeek) + bin * lengths[unit];
  // Within a day the offset at the instant itself counts: a local hour may come twice.
  return isByLocalClock(unit) ? fromLocal(start, zone) : start - zone(ms);
}

const midnight = { day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 };

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** 1 for Monday to 7 for Sunday, by the name or its first three letters, whatever their case; undefined for other texts. */
export function weekdayNumber(name: string): number | undefined {
  const lower = name.toLowerCase();
  const index = weekdays.findIndex((weekday) => weekday === lower || weekday.slice(0, 3) === lower);
  return index < 0 ? undefined : index + 1;
}
