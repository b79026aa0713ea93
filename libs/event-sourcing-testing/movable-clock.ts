import type { Clock } from '#event-sourcing';
import { createScaledClock } from './scaled-clock.js';

export interface MovableClock extends Clock {
  /** Moves the time of day, also backwards; who sleeps does not notice. */
  jump(milliseconds: number): void;
}

/** A time of day that stands still until it jumps, while sleeping takes a hundredth of its time. */
export function createMovableClock(instant = '2026-03-02T09:00:00.000Z'): MovableClock {
  let now = Date.parse(instant);
  return {
    ...createScaledClock(100),
    now: () => new Date(now).toISOString(),
    jump(milliseconds) {
      now += milliseconds;
    },
  };
}
