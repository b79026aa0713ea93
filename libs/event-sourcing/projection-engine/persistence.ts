import { StoreUnavailable } from '../errors.js';
import type { Clock } from '../ports/clock.js';
import { aborted } from './aborted.js';

const firstPause = 50;
const longestPause = 5_000;

/**
 * Does the work again while the store is away, with growing pauses, until `signal` aborts; then it throws the fault.
 */
export async function persistently<T>(clock: Clock, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || signal.aborted) throw error;
      await clock.sleep(pause, signal);
      if (aborted(signal)) throw error;
    }
  }
}
