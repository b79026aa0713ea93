const day = 86_400_000;

/** The fields of a local time, as the date operators name them. */
export interface DateFields {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** The fields of a local time given in milliseconds, as if it were UTC. */
export function fieldsOf(local: number): DateFields {
  const date = new Date(local);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  };
}

/** The local time of fields that may lie outside of their ranges: month 14 is February of the next year. */
export function localTime(fields: DateFields): number {
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  const date = new Date(Date.UTC(2000, 0, 1, fields.hour, fields.minute, fields.second, fields.millisecond));
  const sinceStart = date.getTime() - Date.UTC(2000, 0, 1);
  return new Date(0).setUTCFullYear(fields.year, fields.month - 1, fields.day) + sinceStart;
}

const startOfYear = (year: number): number => new Date(0).setUTCFullYear(year, 0, 1);

/** 1 to 366. */
export const dayOfYear = (local: number): number => Math.floor((local - startOfYear(fieldsOf(local).year)) / day) + 1;

/** 1 for Sunday to 7 for Saturday. */
export const dayOfWeek = (local: number): number => new Date(local).getUTCDay() + 1;

/** 1 for Monday to 7 for Sunday. */
export const isoDayOfWeek = (local: number): number => ((new Date(local).getUTCDay() + 6) % 7) + 1;

/** Weeks begin on Sundays; the days before the first one are in week 0. */
export const week = (local: number): number => Math.floor((dayOfYear(local) + 7 - dayOfWeek(local)) / 7);

/** The year of the Thursday of the week. */
export const isoWeekYear = (local: number): number => fieldsOf(local + (4 - isoDayOfWeek(local)) * day).year;

export function isoWeek(local: number): number {
  const thursday = local + (4 - isoDayOfWeek(local)) * day;
  return Math.floor((thursday - startOfYear(isoWeekYear(local))) / day / 7) + 1;
}

/** The local time of a day given by ISO year, week and day of the week. */
export function isoLocalTime(isoYear: number, isoWeekOfYear: number, isoDay: number): number {
  const fourth = new Date(0).setUTCFullYear(isoYear, 0, 4);
  return fourth + (1 - isoDayOfWeek(fourth) + (isoWeekOfYear - 1) * 7 + (isoDay - 1)) * day;
}
