export { isOpenAt, weekdays } from './calendar.js';
export type { Holiday, OpenHours, Weekday, WeeklyHours } from './calendar.js';
export { businessHoursDirectory, businessMilliseconds, isOpen, newestHours } from './directory.js';
export { businessHoursEvents } from './events.js';
export type { BusinessHoursEvent } from './events.js';
export { AddCalendar, ArchiveCalendar, businessHoursHandlers, ChangeCalendar, ChooseCalendar } from './handlers.js';
export { businessHoursRefusals } from './refusals.js';
export type { BusinessHoursRefusal } from './refusals.js';
export type { BusinessHours, NamedCalendar } from './state.js';
