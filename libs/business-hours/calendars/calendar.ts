export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

/** Of a local day: `HH:MM`, from inclusive, to exclusive; `24:00` is the end of the day. */
export interface OpenHours {
  readonly from: string;
  readonly to: string;
}

/** Local days, in their order; a weekday that is not named is closed. */
export type WeeklyHours = Readonly<Partial<Record<Weekday, readonly OpenHours[]>>>;

/** Closed all day, `YYYY-MM-DD`. */
export interface Holiday {
  readonly date: string;
  readonly name?: string;
}

/** When somebody is there (ASG-11). */
export interface Calendar {
  /** IANA. */
  readonly zone: string;
  readonly hours: WeeklyHours;
  readonly holidays: readonly Holiday[];
}

/** Milliseconds since 1970, from inclusive, to exclusive. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Whether somebody is there at the instant (RFC 3339). */
export function isOpenAt(calendar: Calendar, at: string): boolean {
  const instant = Date.parse(at);
  return spansOf(calendar, localDate(calendar, instant)).some(({ from, to }) => from <= instant && instant < to);
}

/** How long somebody was there between two instants, in milliseconds; 0 when the second is not later. */
export function openMilliseconds(calendar: Calendar, from: string, to: string): number {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  if (end <= start) return 0;
  const last = localDate(calendar, end);
  let sum = 0;
  for (let day = localDate(calendar, start); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    for (const span of spansOf(calendar, day)) sum += Math.max(0, Math.min(end, span.to) - Math.max(start, span.from));
  }
  return sum;
}

/** `undefined`: no such IANA zone. In the zone's own way of writing. */
export function knownZone(zone: string): string | undefined {
  if (!/^[A-Za-z]/.test(zone)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId;
  } catch {
    return undefined;
  }
}

const localDate = ({ zone }: Calendar, instant: number): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate();

function spansOf({ zone, hours, holidays }: Calendar, day: Temporal.PlainDate): readonly Span[] {
  if (holidays.some(({ date }) => date === day.toString())) return [];
  const weekday = weekdays[day.dayOfWeek - 1];
  const open = (weekday && hours[weekday]) ?? [];
  return open.map(({ from, to }) => ({ from: instantOf(zone, day, from), to: instantOf(zone, day, to) }));
}

/**
 * A local time that the clocks skip stands for the next one that there is; one that they pass twice for the first of the
 * two (decision 21): so a day's hours are never counted twice and never torn apart.
 */
function instantOf(zone: string, day: Temporal.PlainDate, time: string): number {
  const local =
    time === '24:00' ? day.add({ days: 1 }).toPlainDateTime() : day.toPlainDateTime(Temporal.PlainTime.from(time));
  const zoned = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (zoned.toPlainDateTime().equals(local)) return zoned.epochMilliseconds;
  return zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? zoned.epochMilliseconds;
}
