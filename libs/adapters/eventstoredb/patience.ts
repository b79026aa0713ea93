import { setTimeout as sleep } from 'node:timers/promises';

/** How long a call goes on trying while the store does not answer. */
export interface Patience {
  readonly milliseconds: number;
  /** Ends it at once. */
  readonly closing: AbortSignal;
}

const firstDelay = 25;
const longestDelay = 2_000;

/** Sleeps longer from attempt to attempt, with jitter, so that the processes do not all come back at once. */
export async function backOff(attempt: number, signal: AbortSignal): Promise<void> {
  const delay = Math.min(longestDelay, firstDelay * 2 ** Math.min(attempt, 10)) * (0.5 + Math.random() / 2);
  await sleep(delay, undefined, { signal }).catch(() => undefined);
}

/** Works until it succeeds, fails for good, or the patience is over. */
export async function patiently<T>(
  work: () => Promise<T>,
  isPassing: (error: unknown) => boolean,
  patience: Patience,
): Promise<T> {
  const giveUp = deadlineOf(patience);
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || giveUp()) throw error;
      await backOff(attempt, patience.closing);
    }
  }
}

/** Begins now; says whether the patience is over. */
export function deadlineOf({ milliseconds, closing }: Patience): () => boolean {
  const started = performance.now();
  return () => closing.aborted || performance.now() - started > milliseconds;
}
