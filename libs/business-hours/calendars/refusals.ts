import type { Refusal } from '#event-sourcing';
import type { Weekday } from './calendar.js';

export type BusinessHoursRefusal =
  | Refusal<'not-found'>
  | (Refusal<'unknown-zone'> & { readonly zone: string })
  | (Refusal<'hours-misfit'> & { readonly day: Weekday })
  | (Refusal<'unknown-calendar'> & { readonly calendarId: string })
  | Refusal<'default-calendar'>;

export const businessHoursRefusals: readonly {
  readonly code: BusinessHoursRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [
  { code: 'unknown-zone', rule: 'ASG-11', sentence: 'There is no such time zone in the IANA database.' },
  {
    code: 'hours-misfit',
    rule: 'ASG-11',
    sentence: 'Hours of a day end after they begin, and do not overlap; the day is named.',
  },
  { code: 'unknown-calendar', rule: 'ASG-11', sentence: 'There is no such calendar to go by.' },
  {
    code: 'default-calendar',
    rule: 'ASG-11',
    sentence: 'Others go by the default calendar: choose another one before it is archived.',
  },
];
