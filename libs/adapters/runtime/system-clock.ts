import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#event-sourcing';

/** The machine's time. */
export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  sleep: async (milliseconds, signal) => {
    // An aborted sleep is over, which is all that its caller wants to know.
    await sleep(milliseconds, undefined, signal && { signal }).catch(() => undefined);
  },
};
