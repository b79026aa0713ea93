import type { Decider } from '#event-sourcing';
import { knownZone, weekdays } from './calendar.js';
import type { Holiday, OpenHours, WeeklyHours } from './calendar.js';
import type { AddCalendar, BusinessHoursCommand, ChangeCalendar, ChooseCalendar } from './commands.js';
import type { BusinessHoursEvent } from './events.js';
import type { BusinessHoursRefusal } from './refusals.js';
import { evolve, initial } from './state.js';
import type { BusinessHours, NamedCalendar } from './state.js';

type Decision = readonly BusinessHoursEvent[] | BusinessHoursRefusal;

/** When somebody is there, and who goes by which calendar (ASG-11). */
export const businessHoursDecider: Decider<
  BusinessHoursCommand,
  BusinessHoursEvent,
  BusinessHours,
  BusinessHoursRefusal
> = { initial, evolve, decide };

function decide(command: BusinessHoursCommand, state: BusinessHours): Decision {
  if (command.type === 'ChooseCalendar') return choose(command, state);
  const calendar = state.calendars.get(command.calendarId);
  if (command.type === 'AddCalendar') return calendar ? [] : add(command, state);
  if (!calendar) return { code: 'not-found' };
  switch (command.type) {
    case 'ChangeCalendar':
      return calendar.archived ? { code: 'not-found' } : change(command, calendar, state);
    case 'ArchiveCalendar':
      if (calendar.archived) return [];
      if (state.byDefault === calendar.calendarId) return { code: 'default-calendar' };
      return [{ type: 'BusinessCalendarArchived', data: { calendarId: calendar.calendarId } }];
  }
}

/** The first one is the default. */
function add({ calendarId, name, byDefault, ...given }: AddCalendar, state: BusinessHours): Decision {
  const zone = knownZone(given.zone);
  if (zone === undefined) return { code: 'unknown-zone', zone: given.zone };
  const misfit = dayOfMisfit(given.hours);
  if (misfit) return { code: 'hours-misfit', day: misfit };
  const terms = { zone, hours: inOrder(given.hours), holidays: byDate(given.holidays) };
  const events: BusinessHoursEvent[] = [{ type: 'BusinessCalendarAdded', data: { calendarId, name, ...terms } }];
  if (byDefault || state.byDefault === null) events.push({ type: 'DefaultCalendarChosen', data: { calendarId } });
  return events;
}

function change(command: ChangeCalendar, calendar: NamedCalendar, state: BusinessHours): Decision {
  const { calendarId } = calendar;
  const { name = calendar.name, byDefault } = command;
  const zone = command.zone === undefined ? calendar.zone : knownZone(command.zone);
  if (zone === undefined) return { code: 'unknown-zone', zone: command.zone ?? '' };
  const misfit = command.hours && dayOfMisfit(command.hours);
  if (misfit) return { code: 'hours-misfit', day: misfit };
  const hours = inOrder(command.hours ?? calendar.hours);
  const holidays = byDate(command.holidays ?? calendar.holidays);
  const events: BusinessHoursEvent[] = [];
  if (name !== calendar.name) events.push({ type: 'BusinessCalendarRenamed', data: { calendarId, name } });
  if (zone !== calendar.zone) events.push({ type: 'BusinessZoneChanged', data: { calendarId, zone } });
  if (!isSame(hours, inOrder(calendar.hours))) events.push({ type: 'WeeklyHoursChanged', data: { calendarId, hours } });
  if (!isSame(holidays, byDate(calendar.holidays))) {
    events.push({ type: 'HolidaysChanged', data: { calendarId, holidays } });
  }
  if (byDefault && state.byDefault !== calendarId) {
    events.push({ type: 'DefaultCalendarChosen', data: { calendarId } });
  }
  return events;
}

function choose({ of, known, calendarId }: ChooseCalendar, state: BusinessHours): Decision {
  if (!known) return { code: 'not-found' };
  if (calendarId !== null && state.calendars.get(calendarId)?.archived !== false) {
    return { code: 'unknown-calendar', calendarId };
  }
  const before = 'channelId' in of ? state.ofChannel.get(of.channelId) : state.ofTeam.get(of.teamId);
  if ((before ?? null) === calendarId) return [];
  const chosen = calendarId === null ? {} : { calendarId };
  return 'channelId' in of
    ? [{ type: 'ChannelCalendarChosen', data: { channelId: of.channelId, ...chosen } }]
    : [{ type: 'TeamCalendarChosen', data: { teamId: of.teamId, ...chosen } }];
}

function dayOfMisfit(hours: WeeklyHours): (typeof weekdays)[number] | undefined {
  return weekdays.find((day) => {
    const open = sorted(hours[day] ?? []);
    return open.some(({ from, to }, index) => from >= to || from < (open[index - 1]?.to ?? ''));
  });
}

/** In one way of writing: days and hours in their order, days without hours not named. */
function inOrder(hours: WeeklyHours): WeeklyHours {
  const named = weekdays.map((day) => [day, sorted(hours[day] ?? [])] as const);
  return Object.fromEntries(named.filter(([, open]) => open.length > 0));
}

const sorted = (open: readonly OpenHours[]): readonly OpenHours[] =>
  open.map(({ from, to }) => ({ from, to })).sort((one, other) => (one.from < other.from ? -1 : 1));

/** Each day once, with the name that was said last. */
function byDate(holidays: readonly Holiday[]): readonly Holiday[] {
  const named = new Map(
    holidays.map(({ date, name }) => [date, { date, ...(name !== undefined && { name }) }] as const),
  );
  return [...named.values()].sort((one, other) => (one.date < other.date ? -1 : 1));
}

/** Both were written in one order. */
const isSame = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other);
