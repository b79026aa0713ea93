import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isOpenAt, knownZone, openMilliseconds, weekdays } from './calendar.js';
import type { Calendar, WeeklyHours } from './calendar.js';

const hour = 3_600_000;
const minute = 60_000;
const nineToFive: WeeklyHours = Object.fromEntries(
  weekdays.slice(0, 5).map((day) => [day, [{ from: '09:00', to: '17:00' }]]),
);
const amsterdam = (hours: WeeklyHours, ...holidays: string[]): Calendar => ({
  zone: 'Europe/Amsterdam',
  hours,
  holidays: holidays.map((date) => ({ date })),
});
const always: WeeklyHours = Object.fromEntries(weekdays.map((day) => [day, [{ from: '00:00', to: '24:00' }]]));

describe('business hours', () => {
  it('ASG-11: are those of the local day, from the first minute up to the last one', () => {
    const calendar = amsterdam(nineToFive);
    const open = (at: string) => isOpenAt(calendar, at);
    // A Friday in winter, an hour ahead of UTC; a Friday in summer, two hours.
    expect(
      ['07:59:59.999', '08:00:00.000', '15:59:59.999', '16:00:00.000'].map((t) => open(`2026-11-20T${t}Z`)),
    ).toEqual([false, true, true, false]);
    expect(['06:59:59.999', '07:00:00.000', '15:00:00.000'].map((t) => open(`2026-07-17T${t}Z`))).toEqual([
      false,
      true,
      false,
    ]);
    expect(open('2026-11-21T10:00:00.000Z')).toBe(false);
  });

  it('ASG-11: a holiday is closed, in its own zone', () => {
    const calendar = amsterdam(always, '2026-12-25');
    expect(isOpenAt(calendar, '2026-12-24T22:59:59.999Z')).toBe(true);
    expect(isOpenAt(calendar, '2026-12-24T23:00:00.000Z')).toBe(false);
    expect(isOpenAt(calendar, '2026-12-25T23:00:00.000Z')).toBe(true);
  });

  it('ASG-11: of a week are the sum of its days, less what is a holiday', () => {
    const week = ['2026-12-21T00:00:00.000Z', '2026-12-28T00:00:00.000Z'] as const;
    expect(openMilliseconds(amsterdam(nineToFive), ...week)).toBe(40 * hour);
    expect(openMilliseconds(amsterdam(nineToFive, '2026-12-25', '2026-12-26'), ...week)).toBe(32 * hour);
    expect(openMilliseconds(amsterdam(nineToFive), week[1], week[0])).toBe(0);
  });

  it('ASG-11: that begin at a time which the clocks skip begin at the next one, which they pass twice once', () => {
    const night: WeeklyHours = { sunday: [{ from: '02:30', to: '04:00' }] };
    const of = (day: string) => openMilliseconds(amsterdam(night), `${day}T00:00:00.000Z`, `${day}T12:00:00.000Z`);
    expect(of('2026-03-22')).toBe(1.5 * hour);
    expect(of('2026-03-29')).toBe(hour);
    expect(of('2026-10-25')).toBe(2.5 * hour);
    expect(isOpenAt(amsterdam(night), '2026-03-29T01:00:00.000Z')).toBe(true);
    expect(isOpenAt(amsterdam(night), '2026-03-29T00:59:00.000Z')).toBe(false);
  });

  it('ASG-11: a day that is open all day has as many hours as the clocks give it', () => {
    const of = (day: string, zone: string) => {
      const date = Temporal.PlainDate.from(day);
      const [from, to] = [date, date.add({ days: 1 })].map((begin) => {
        return new Date(begin.toZonedDateTime(zone).epochMilliseconds).toISOString();
      });
      return openMilliseconds({ zone, hours: always, holidays: [] }, from ?? '', to ?? '') / hour;
    };
    expect(of('2026-03-29', 'Europe/Amsterdam')).toBe(23);
    expect(of('2026-10-25', 'Europe/Amsterdam')).toBe(25);
    // Half an hour, and a midnight that is skipped.
    expect(of('2026-10-04', 'Australia/Lord_Howe')).toBe(23.5);
    expect(of('2018-11-04', 'America/Sao_Paulo')).toBe(23);
  });

  it('ASG-11: know the zones of the IANA database, and no bare offsets', () => {
    expect(knownZone('europe/amsterdam')).toBe('Europe/Amsterdam');
    for (const zone of ['Europe/Atlantis', '+01:00', '', 'UTC+1']) expect(knownZone(zone)).toBeUndefined();
  });

  const zones = [
    'Europe/Amsterdam',
    'America/New_York',
    'America/Sao_Paulo',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'UTC',
  ];
  const time = fc.nat(95).map((quarter) => {
    const [hours, minutes] = [Math.floor(quarter / 4), (quarter % 4) * 15];
    return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
  });
  /** Hours of a day that follow each other. */
  const day = fc
    .uniqueArray(time, { maxLength: 4 })
    .map((times) => [...times].sort())
    .map((times) =>
      Array.from({ length: Math.floor(times.length / 2) }, (_, pair) => ({
        from: times[pair * 2] ?? '',
        to: times[pair * 2 + 1] ?? '',
      })),
    );
  const calendar: fc.Arbitrary<Calendar> = fc.record({
    zone: fc.constantFrom(...zones),
    hours: fc.tuple(...weekdays.map(() => day)).map((days) => {
      return Object.fromEntries(weekdays.map((name, index) => [name, days[index] ?? []]));
    }),
    holidays: fc.constantFrom([], [{ date: '2026-03-29' }], [{ date: '2018-11-04' }]),
  });
  /** Around nights in which clocks were changed, somewhere. */
  const around = fc
    .tuple(
      fc.constantFrom('2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01', '2018-11-04', '2018-02-17', '2026-10-04'),
      fc.integer({ min: -2 * 24 * 4, max: 2 * 24 * 4 }),
    )
    .map(([date, quarters]) => Date.parse(`${date}T00:00:00.000Z`) + quarters * 15 * minute);
  const iso = (instant: number): string => new Date(instant).toISOString();

  it('ASG-11: between two instants are exactly the minutes at which somebody is there, also when clocks change', () => {
    fc.assert(
      fc.property(calendar, around, fc.nat(2 * 24 * 4), (one, start, quarters) => {
        const end = start + quarters * 15 * minute;
        let open = 0;
        // Hours begin and end at quarters of an hour, and so do the changes of these clocks.
        for (let at = start; at < end; at += 15 * minute) if (isOpenAt(one, iso(at))) open += 15 * minute;
        expect(openMilliseconds(one, iso(start), iso(end))).toBe(open);
      }),
      { numRuns: 60 },
    );
  });

  it('ASG-11: add up over any cut, and are never more than the time that passed', () => {
    fc.assert(
      fc.property(calendar, fc.tuple(around, around, around), (one, instants) => {
        const [from = '', between = '', to = ''] = [...instants].sort((a, b) => a - b).map(iso);
        const whole = openMilliseconds(one, from, to);
        expect(openMilliseconds(one, from, between) + openMilliseconds(one, between, to)).toBe(whole);
        expect(whole).toBeLessThanOrEqual(Date.parse(to) - Date.parse(from));
      }),
      { numRuns: 20 },
    );
  });
});
