import type { Command } from '#event-sourcing';
import type { Holiday, WeeklyHours } from './calendar.js';

export type AddCalendar = Command<
  'AddCalendar',
  {
    readonly calendarId: string;
    readonly name: string;
    readonly zone: string;
    readonly hours: WeeklyHours;
    readonly holidays: readonly Holiday[];
    readonly byDefault: boolean;
  }
>;
/** What is `undefined` stays as it is. */
export type ChangeCalendar = Command<
  'ChangeCalendar',
  {
    readonly calendarId: string;
    readonly name: string | undefined;
    readonly zone: string | undefined;
    readonly hours: WeeklyHours | undefined;
    readonly holidays: readonly Holiday[] | undefined;
    readonly byDefault: true | undefined;
  }
>;
export type ArchiveCalendar = Command<'ArchiveCalendar', { readonly calendarId: string }>;
/** For a channel or a team that is there. `null`: none of their own. */
export type ChooseCalendar = Command<
  'ChooseCalendar',
  {
    readonly of: { readonly channelId: string } | { readonly teamId: string };
    /** Whether there is such a channel, or such a team. */
    readonly known: boolean;
    readonly calendarId: string | null;
  }
>;

export type BusinessHoursCommand = AddCalendar | ChangeCalendar | ArchiveCalendar | ChooseCalendar;
