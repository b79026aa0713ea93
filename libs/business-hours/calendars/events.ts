import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';
import type { Holiday, WeeklyHours } from './calendar.js';

/** One stream: the calendars, and who goes by which. */
export const businessHoursStream = 'business-hours';

interface OfCalendar {
  readonly calendarId: string;
}

/** Says when somebody is there, in local time of its zone. */
export type BusinessCalendarAdded = DomainEvent<
  'BusinessCalendarAdded',
  OfCalendar & {
    readonly name: string;
    readonly zone: string;
    readonly hours: WeeklyHours;
    readonly holidays: readonly Holiday[];
  }
>;
export type BusinessCalendarRenamed = DomainEvent<'BusinessCalendarRenamed', OfCalendar & { readonly name: string }>;
/** The same local hours, in another zone. */
export type BusinessZoneChanged = DomainEvent<'BusinessZoneChanged', OfCalendar & { readonly zone: string }>;
export type WeeklyHoursChanged = DomainEvent<'WeeklyHoursChanged', OfCalendar & { readonly hours: WeeklyHours }>;
/** These days are closed, and no others. */
export type HolidaysChanged = DomainEvent<'HolidaysChanged', OfCalendar & { readonly holidays: readonly Holiday[] }>;
/** Whoever has no calendar of their own goes by this one. */
export type DefaultCalendarChosen = DomainEvent<'DefaultCalendarChosen', OfCalendar>;
/** Without a calendar: the default one again. */
export type ChannelCalendarChosen = DomainEvent<
  'ChannelCalendarChosen',
  { readonly channelId: string; readonly calendarId?: string }
>;
/** Without a calendar: that of the channel again, or the default one. */
export type TeamCalendarChosen = DomainEvent<
  'TeamCalendarChosen',
  { readonly teamId: string; readonly calendarId?: string }
>;
/** Nobody goes by it any more. */
export type BusinessCalendarArchived = DomainEvent<'BusinessCalendarArchived', OfCalendar>;

export type BusinessHoursEvent =
  | BusinessCalendarAdded
  | BusinessCalendarRenamed
  | BusinessZoneChanged
  | WeeklyHoursChanged
  | HolidaysChanged
  | DefaultCalendarChosen
  | ChannelCalendarChosen
  | TeamCalendarChosen
  | BusinessCalendarArchived;

const calendarId = field('id');
const chosen = { calendarId: field('id', { optional: true }) };

export const businessHoursEvents = {
  categories: [businessHoursStream],
  definitions: [
    defineEvent<BusinessCalendarAdded>({
      type: 'BusinessCalendarAdded',
      version: 1,
      sentence: 'A calendar says when somebody is there: weekly hours in local time of its zone, and holidays.',
      fields: { calendarId, name: field('label'), zone: field('code'), hours: field('json'), holidays: field('json') },
    }),
    defineEvent<BusinessCalendarRenamed>({
      type: 'BusinessCalendarRenamed',
      version: 1,
      sentence: 'The calendar is called otherwise.',
      fields: { calendarId, name: field('label') },
    }),
    defineEvent<BusinessZoneChanged>({
      type: 'BusinessZoneChanged',
      version: 1,
      sentence: 'The same local hours hold in another zone from now on.',
      fields: { calendarId, zone: field('code') },
    }),
    defineEvent<WeeklyHoursChanged>({
      type: 'WeeklyHoursChanged',
      version: 1,
      sentence: 'Somebody is there at other hours of the week from now on.',
      fields: { calendarId, hours: field('json') },
    }),
    defineEvent<HolidaysChanged>({
      type: 'HolidaysChanged',
      version: 1,
      sentence: 'These days are closed from now on, and no others.',
      fields: { calendarId, holidays: field('json') },
    }),
    defineEvent<DefaultCalendarChosen>({
      type: 'DefaultCalendarChosen',
      version: 1,
      sentence: 'Whoever has no calendar of their own goes by this one.',
      fields: { calendarId },
    }),
    defineEvent<ChannelCalendarChosen>({
      type: 'ChannelCalendarChosen',
      version: 1,
      sentence: 'The channel goes by this calendar; without one, by the default again.',
      fields: { channelId: field('id'), ...chosen },
    }),
    defineEvent<TeamCalendarChosen>({
      type: 'TeamCalendarChosen',
      version: 1,
      sentence: 'The team goes by this calendar; without one, by that of the channel or the default again.',
      fields: { teamId: field('id'), ...chosen },
    }),
    defineEvent<BusinessCalendarArchived>({
      type: 'BusinessCalendarArchived',
      version: 1,
      sentence: 'Nobody goes by the calendar any more.',
      fields: { calendarId },
    }),
  ],
};
