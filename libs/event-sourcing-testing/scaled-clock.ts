import { setTimeout } from 'node:timers/promises';
import type { Clock } from '#event-sourcing';

/** Real time, so many times faster: what waits for seconds in production waits for milliseconds in a test. */
export function createScaledClock(factor: number): Clock {
  const began = Date.now();
  return {
    now: () => new Date(began + (Date.now() - began) * factor).toISOString(),
    sleep: (milliseconds, signal) =>
      setTimeout(milliseconds / factor, undefined, signal && { signal }).catch(() => undefined),
  };
}
