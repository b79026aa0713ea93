import type { Clock } from '#event-sourcing';

const start = '2026-03-02T09:00:00.000Z';

export interface TestClock extends Clock {
  /** Moves time on, wakes those whose sleep is over in the order of their waking, and lets them run. */
  advance(milliseconds: number): Promise<void>;
  /** Moves time, also backwards, without waking anybody. */
  set(instant: string): void;
}

/** Stands still until it is moved; sleepers wait for that. */
export function createTestClock(instant = start): TestClock {
  let now = Date.parse(instant);
  const sleepers = new Set<{ until: number; wake: () => void }>();
  return {
    now: () => new Date(now).toISOString(),
    sleep(milliseconds, signal) {
      if (signal?.aborted || milliseconds <= 0) return nextTurn();
      return new Promise((resolve) => {
        const sleeper = {
          until: now + milliseconds,
          wake: () => {
            sleepers.delete(sleeper);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', sleeper.wake, { once: true });
      });
    },
    async advance(milliseconds) {
      const target = now + milliseconds;
      for (;;) {
        const [next] = [...sleepers].filter(({ until }) => until <= target).sort((a, b) => a.until - b.until);
        if (!next) break;
        now = Math.max(now, next.until);
        next.wake();
        await nextTurn();
      }
      now = target;
    },
    set(instant) {
      now = Date.parse(instant);
    },
  };
}

/** Always the same instant; sleeping takes one turn of the event loop, so that retries need no waiting. */
export function fixedClock(instant = start): Clock {
  return { now: () => instant, sleep: () => nextTurn() };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
