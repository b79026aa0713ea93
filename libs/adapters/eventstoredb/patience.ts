import { setTimeout as sleep } from 'node:timers/promises';

/** How long a call goes on trying while the store does not answer, before it throws `StoreUnavailable`. */
export const patience = 4_000;

const firstDelay = 25;
const longestDelay = 2_000;

/** Sleeps longer from attempt to attempt, with jitter, so that the processes do not all come back at once. */
export async function backOff(attempt: number, signal: AbortSignal): Promise<void> {
  const delay = Math.min(longestDelay, firstDelay * 2 ** Math.min(attempt, 10)) * (0.5 + Math.random() / 2);
  await sleep(delay, undefined, { signal }).catch(() => undefined);
}

/** Works until it succeeds, fails for good, the patience is over, or `signal` aborts. */
export async function patiently<T>(
  work: () => Promise<T>,
  isPassing: (error: unknown) => boolean,
  signal: AbortSignal,
): Promise<T> {
  const started = performance.now();
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || signal.aborted || performance.now() - started > patience) throw error;
      await backOff(attempt, signal);
    }
  }
}
