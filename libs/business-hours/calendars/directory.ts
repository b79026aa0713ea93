import type { LiveView } from '#event-sourcing';
import { isOpenAt, openMilliseconds } from './calendar.js';
import { businessHoursStream } from './events.js';
import type { BusinessHoursEvent } from './events.js';
import { calendarFor, evolve, initial } from './state.js';
import type { Asking, BusinessHours } from './state.js';

/** What was in force since when, oldest first. */
export type BusinessHoursHistory = readonly { readonly since: string; readonly hours: BusinessHours }[];

/** The calendars in memory, those of before too: facts go by what was in force at their time (ASG-11). */
export const businessHoursDirectory: LiveView<BusinessHoursHistory, BusinessHoursEvent> = {
  name: 'business-hours',
  categories: [businessHoursStream],
  initial: [],
  evolve(history, event) {
    const last = history.at(-1);
    // A clock that was set back makes nothing older than what came before; what has one time is in force together.
    const since = last && last.since > event.metadata.at ? last.since : event.metadata.at;
    const earlier = last?.since === since ? history.slice(0, -1) : history;
    return [...earlier, { since, hours: evolve(last?.hours ?? initial, event) }];
  },
};

/** What is in force after all that was said. */
export const newestHours = (history: BusinessHoursHistory): BusinessHours => history.at(-1)?.hours ?? initial;

/** Without any calendar somebody is always there. */
export function isOpen(history: BusinessHoursHistory, asking: Asking, at: string): boolean {
  const calendar = calendarFor(history.findLast(({ since }) => since <= at)?.hours ?? initial, asking);
  return calendar === undefined || isOpenAt(calendar, at);
}

/**
 * How long somebody was there between two instants, in milliseconds: each part by the calendar in force at its time;
 * without any calendar, all the time.
 */
export function businessMilliseconds(
  history: BusinessHoursHistory,
  asking: Asking,
  { from, to }: { readonly from: string; readonly to: string },
): number {
  const cuts = history.map(({ since }) => since).filter((since) => since > from && since < to);
  const starts = [from, ...cuts];
  return starts.reduce((sum, start, index) => {
    const end = starts[index + 1] ?? to;
    const calendar = calendarFor(history.findLast(({ since }) => since <= start)?.hours ?? initial, asking);
    const all = Math.max(0, Date.parse(end) - Date.parse(start));
    return sum + (calendar ? openMilliseconds(calendar, start, end) : all);
  }, 0);
}
