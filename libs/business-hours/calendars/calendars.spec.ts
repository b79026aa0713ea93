import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  commandHeader,
  recordEvents,
  scenariosOf,
  testDeciderProperties,
  testGoldenEvents,
} from '#event-sourcing-testing';
import type { WeeklyHours } from './calendar.js';
import type { BusinessHoursCommand, ChooseCalendar } from './commands.js';
import { businessHoursDecider } from './decide.js';
import { businessHoursDirectory, businessMilliseconds, isOpen, newestHours } from './directory.js';
import { businessHoursEvents } from './events.js';
import type { BusinessHoursEvent } from './events.js';

const { given } = scenariosOf(businessHoursDecider);
const header = commandHeader();
const zone = 'Europe/Amsterdam';
const mornings: WeeklyHours = { monday: [{ from: '08:00', to: '12:00' }] };
const days: WeeklyHours = { monday: [{ from: '08:00', to: '18:00' }] };
const add = (calendarId: string, given: { hours?: WeeklyHours; zone?: string; byDefault?: boolean } = {}) =>
  ({
    ...header,
    type: 'AddCalendar',
    calendarId,
    name: calendarId,
    zone,
    hours: mornings,
    holidays: [],
    byDefault: false,
    ...given,
  }) as const satisfies BusinessHoursCommand;
const unchanged = { name: undefined, zone: undefined, hours: undefined, holidays: undefined, byDefault: undefined };
const change = (calendarId: string, given: object): BusinessHoursCommand => ({
  ...header,
  type: 'ChangeCalendar',
  calendarId,
  ...unchanged,
  ...given,
});
const archive = (calendarId: string): BusinessHoursCommand => ({ ...header, type: 'ArchiveCalendar', calendarId });
const choose = (of: ChooseCalendar['of'], calendarId: string | null, known = true): BusinessHoursCommand => ({
  ...header,
  type: 'ChooseCalendar',
  of,
  known,
  calendarId,
});
const added = (calendarId: string, hours = mornings): BusinessHoursEvent => ({
  type: 'BusinessCalendarAdded',
  data: { calendarId, name: calendarId, zone, hours, holidays: [] },
});
const byDefault = (calendarId: string): BusinessHoursEvent => ({ type: 'DefaultCalendarChosen', data: { calendarId } });
const archived = (calendarId: string): BusinessHoursEvent => ({
  type: 'BusinessCalendarArchived',
  data: { calendarId },
});
const ofShop = (calendarId?: string): BusinessHoursEvent => ({
  type: 'ChannelCalendarChosen',
  data: { channelId: 'shop', ...(calendarId !== undefined && { calendarId }) },
});
const ofReturns = (calendarId: string): BusinessHoursEvent => ({
  type: 'TeamCalendarChosen',
  data: { teamId: 'returns', calendarId },
});
const one = [added('a'), byDefault('a')] as const;

describe('the calendars', () => {
  it('ASG-11: are added; the first one is the default until another is chosen', () => {
    given([])
      .when(add('a'))
      .then([...one]);
    given([...one])
      .when(add('a'))
      .then([]);
    given([...one])
      .when(add('b'))
      .then([added('b')]);
    given([...one])
      .when(add('b', { byDefault: true }))
      .then([added('b'), byDefault('b')]);
  });

  it('ASG-11: have hours in order, which neither overlap nor end before they begin, in a zone that there is', () => {
    const [early, late] = [
      { from: '08:00', to: '12:00' },
      { from: '12:00', to: '24:00' },
    ];
    given([...one])
      .when(add('b', { hours: { sunday: [], monday: [late, early] } }))
      .then([added('b', { monday: [early, late] })]);
    for (const hours of [[{ from: '12:00', to: '12:00' }], [early, { from: '11:59', to: '13:00' }]]) {
      given([])
        .when(add('a', { hours: { friday: hours } }))
        .then({ code: 'hours-misfit', day: 'friday' });
      given([...one])
        .when(change('a', { hours: { friday: hours } }))
        .then({ code: 'hours-misfit', day: 'friday' });
    }
    given([])
      .when(add('a', { zone: 'Europe/Atlantis' }))
      .then({ code: 'unknown-zone', zone: 'Europe/Atlantis' });
  });

  it('ASG-11: change in what is named, by an event each', () => {
    const holidays = [{ date: '2026-12-26' }, { date: '2026-12-25', name: 'Christmas' }];
    given([...one, added('b')])
      .when(change('b', { name: 'B', zone: 'Europe/Lisbon', hours: days, holidays, byDefault: true }))
      .then([
        { type: 'BusinessCalendarRenamed', data: { calendarId: 'b', name: 'B' } },
        { type: 'BusinessZoneChanged', data: { calendarId: 'b', zone: 'Europe/Lisbon' } },
        { type: 'WeeklyHoursChanged', data: { calendarId: 'b', hours: days } },
        { type: 'HolidaysChanged', data: { calendarId: 'b', holidays: [...holidays].reverse() } },
        byDefault('b'),
      ]);
    given([...one])
      .when(change('a', { name: 'a', zone: 'europe/amsterdam', hours: mornings, holidays: [], byDefault: true }))
      .then([]);
    given([]).when(change('a', {})).then({ code: 'not-found' });
  });

  it('ASG-11: are archived, but for the default one', () => {
    given([...one])
      .when(archive('a'))
      .then({ code: 'default-calendar' });
    given([...one, added('b')])
      .when(archive('b'))
      .then([archived('b')]);
    given([...one, added('b'), archived('b')])
      .when(archive('b'))
      .then([]);
    given([...one, added('b'), archived('b')])
      .when(change('b', {}))
      .then({ code: 'not-found' });
  });

  it('ASG-11: are chosen for channels and teams', () => {
    given([...one])
      .when(choose({ channelId: 'shop' }, 'a'))
      .then([ofShop('a')]);
    given([...one, ofShop('a')])
      .when(choose({ channelId: 'shop' }, 'a'))
      .then([]);
    given([...one, ofShop('a')])
      .when(choose({ channelId: 'shop' }, null))
      .then([ofShop()]);
    given([...one])
      .when(choose({ teamId: 'returns' }, 'a'))
      .then([ofReturns('a')]);
    given([...one])
      .when(choose({ teamId: 'returns' }, 'b'))
      .then({ code: 'unknown-calendar', calendarId: 'b' });
    given([...one])
      .when(choose({ channelId: 'fax' }, 'a', false))
      .then({ code: 'not-found' });
  });

  const id = fc.constantFrom('a', 'b');
  const json = {
    BusinessCalendarAdded: { hours: fc.constant(mornings), holidays: fc.constant([]) },
    WeeklyHoursChanged: { hours: fc.constantFrom(mornings, days) },
    HolidaysChanged: { holidays: fc.constant([{ date: '2026-12-25' }]) },
  };
  testDeciderProperties({
    decider: businessHoursDecider,
    definitions: businessHoursEvents.definitions,
    fields: json,
    commands: fc.oneof(
      id.map((calendarId) => add(calendarId)),
      fc.tuple(id, fc.constantFrom({ hours: days }, { byDefault: true }, { name: 'x' })).map(([a, b]) => change(a, b)),
      id.map(archive),
      fc
        .tuple(fc.constantFrom({ channelId: 'a' }, { teamId: 'a' }), fc.option(id))
        .map(([of, calendarId]) => choose(of, calendarId)),
    ),
  });
});

describe('what was in force', () => {
  const at = (minute: string) => ({ at: `2026-11-23T${minute}:00.000Z` });
  // A Monday, an hour ahead of UTC. At eleven local time the mornings become whole days.
  const history = recordEvents<BusinessHoursEvent>([
    [added('a'), at('00:00')],
    [byDefault('a'), at('00:00')],
    [{ type: 'WeeklyHoursChanged', data: { calendarId: 'a', hours: days } }, at('10:00')],
    [added('b', {}), at('20:00')],
    [ofShop('b'), at('20:00')],
    [archived('b'), at('21:00')],
  ]).reduce(businessHoursDirectory.evolve, businessHoursDirectory.initial);
  const hour = 3_600_000;

  it('ASG-11: decides on each part of a time, whatever was changed since', () => {
    const monday = { from: at('00:00').at, to: at('20:00').at };
    expect(businessMilliseconds(history, {}, monday)).toBe(10 * hour);
    expect(businessMilliseconds(history.slice(0, 1), {}, monday)).toBe(4 * hour);
    expect(businessMilliseconds(history, {}, { from: at('06:00').at, to: at('09:00').at })).toBe(2 * hour);
    expect(isOpen(history, {}, at('12:00').at)).toBe(true);
    expect(isOpen(history, {}, at('18:00').at)).toBe(false);
  });

  it('ASG-11: is the calendar of the team, else of the channel, else the default one', () => {
    const next = { at: '2026-11-30T10:00:00.000Z' };
    const with_ = (...events: BusinessHoursEvent[]) =>
      recordEvents<BusinessHoursEvent>([...one, added('never', {}), ...events]).reduce(
        businessHoursDirectory.evolve,
        businessHoursDirectory.initial,
      );
    const asking = { teamId: 'returns', channelId: 'shop' };
    expect(isOpen(with_(), asking, next.at)).toBe(true);
    expect(isOpen(with_(ofShop('never')), asking, next.at)).toBe(false);
    expect(isOpen(with_(ofShop('never'), ofReturns('a')), asking, next.at)).toBe(true);
    expect(isOpen(with_(ofShop('never'), archived('never')), asking, next.at)).toBe(true);
  });

  it('ASG-11: without any calendar somebody is always there', () => {
    expect(isOpen([], {}, at('03:00').at)).toBe(true);
    expect(businessMilliseconds([], {}, { from: at('03:00').at, to: at('04:00').at })).toBe(hour);
    expect(newestHours([])).toStrictEqual(businessHoursDecider.initial);
  });
});

describe('the events ever written', () => {
  testGoldenEvents(import.meta.dirname, businessHoursEvents.definitions);
});
