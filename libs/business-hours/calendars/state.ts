import type { Calendar } from './calendar.js';
import type { BusinessHoursEvent } from './events.js';

export interface NamedCalendar extends Calendar {
  readonly calendarId: string;
  readonly name: string;
  readonly archived: boolean;
}

export interface BusinessHours {
  /** In the order in which they were added. */
  readonly calendars: ReadonlyMap<string, NamedCalendar>;
  /** Id of a calendar; `null`: there was never one. */
  readonly byDefault: string | null;
  /** Calendar by channel and by team. */
  readonly ofChannel: ReadonlyMap<string, string>;
  readonly ofTeam: ReadonlyMap<string, string>;
}

export const initial: BusinessHours = {
  calendars: new Map(),
  byDefault: null,
  ofChannel: new Map(),
  ofTeam: new Map(),
};

export function evolve(state: BusinessHours, event: BusinessHoursEvent): BusinessHours {
  switch (event.type) {
    case 'BusinessCalendarAdded': {
      if (state.calendars.has(event.data.calendarId)) return state;
      const calendar = { ...event.data, archived: false };
      return { ...state, calendars: new Map(state.calendars).set(calendar.calendarId, calendar) };
    }
    case 'BusinessCalendarRenamed':
      return changed(state, event.data.calendarId, { name: event.data.name });
    case 'BusinessZoneChanged':
      return changed(state, event.data.calendarId, { zone: event.data.zone });
    case 'WeeklyHoursChanged':
      return changed(state, event.data.calendarId, { hours: event.data.hours });
    case 'HolidaysChanged':
      return changed(state, event.data.calendarId, { holidays: event.data.holidays });
    case 'DefaultCalendarChosen':
      return { ...state, byDefault: event.data.calendarId };
    case 'ChannelCalendarChosen':
      return { ...state, ofChannel: chosen(state.ofChannel, event.data.channelId, event.data.calendarId) };
    case 'TeamCalendarChosen':
      return { ...state, ofTeam: chosen(state.ofTeam, event.data.teamId, event.data.calendarId) };
    case 'BusinessCalendarArchived':
      return changed(state, event.data.calendarId, { archived: true });
  }
}

function changed(state: BusinessHours, calendarId: string, change: Partial<NamedCalendar>): BusinessHours {
  const calendar = state.calendars.get(calendarId);
  if (!calendar) return state;
  return { ...state, calendars: new Map(state.calendars).set(calendarId, { ...calendar, ...change }) };
}

function chosen(
  all: ReadonlyMap<string, string>,
  id: string,
  calendarId: string | undefined,
): ReadonlyMap<string, string> {
  const others = new Map([...all].filter(([other]) => other !== id));
  return calendarId === undefined ? others : others.set(id, calendarId);
}

/** Who asks when somebody is there. */
export interface Asking {
  readonly teamId?: string | undefined;
  readonly channelId?: string | undefined;
}

/** That of the team, else that of the channel, else the default one; an archived one is none. `undefined`: there is none. */
export function calendarFor(
  { calendars, byDefault, ofChannel, ofTeam }: BusinessHours,
  { teamId, channelId }: Asking,
): NamedCalendar | undefined {
  const ids = [ofTeam.get(teamId ?? ''), ofChannel.get(channelId ?? ''), byDefault ?? undefined];
  return ids
    .map((id) => (id === undefined ? undefined : calendars.get(id)))
    .find((calendar) => calendar?.archived === false);
}
