import { setImmediate } from 'node:timers/promises';

const LONGEST_RUN = 5;

/** Shares the thread among many that became ready at once: after some milliseconds, input and output come first. */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #isRunning = false;

  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (!this.#isRunning) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    let started = performance.now();
    for (let wake = this.#waiting.shift(); wake; wake = this.#waiting.shift()) {
      wake();
      // Lets the one that was woken do its work before the clock is looked at.
      await Promise.resolve();
      if (performance.now() - started < LONGEST_RUN) continue;
      await setImmediate();
      started = performance.now();
    }
    this.#isRunning = false;
  }
}
