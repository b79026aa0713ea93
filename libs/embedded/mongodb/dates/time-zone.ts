import { MongoError } from '../values/index.js';

/** Tells how many milliseconds a place is ahead of UTC at an instant. */
export type TimeZone = (ms: number) => number;

export const utc: TimeZone = () => 0;

const known = new Map<string, TimeZone>();

/** A zone by its IANA name or as an offset (`+05:30`, `+0530`, `+05`). Throws 40485 for an unknown one. */
export function timeZone(name: string): TimeZone {
  const zone = known.get(name) ?? offsetZone(name) ?? namedZone(name);
  known.set(name, zone);
  return zone;
}

function offsetZone(name: string): TimeZone | undefined {
  const match = /^([+-])(\d{2})(?::?(\d{2}))?$/.exec(name);
  if (match === null) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  const offset = (match[1] === '-' ? -minutes : minutes) * 60_000;
  return () => offset;
}

function namedZone(name: string): TimeZone {
  const format = zoneFormat(name);
  return (ms) => {
    const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    return local - Math.floor(ms / 1000) * 1000;
  };
}

function zoneFormat(name: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw new MongoError(40485, `unrecognized time zone identifier: "${name}"`);
  }
}

/** The instant at which the clocks of a zone show a local time; a skipped one counts from before the gap. */
export function fromLocal(local: number, zone: TimeZone): number {
  const guess = local - zone(local);
  return local - zone(guess);
}
