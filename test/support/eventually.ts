import { setTimeout as delay } from 'node:timers/promises';

const pause = 100;

/** Repeats `attempt` until it does not throw, for at most `seconds`; then throws what it threw last. */
export async function eventually<T>(attempt: () => Promise<T>, seconds = 20): Promise<T> {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > until) throw error;
      await delay(pause);
    }
  }
}
