export {
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
export type { DateFields } from './calendar.js';
export { checkFormat, formatDate, parseDateByFormat, parseIsoDate } from './format.js';
export { fromLocal, timeZone, utc } from './time-zone.js';
export type { TimeZone } from './time-zone.js';
export { addUnits, truncate, units, unitsBetween, weekdayNumber } from './units.js';
export type { Unit } from './units.js';
