import { runLane } from './lane.js';
import type { LaneOwner, LaneTools } from './lane.js';

/** The lanes of the engine that leads. One that fails (another history, lost lease) ends them all. */
export interface RunningLanes {
  /** Aborts when the work is to end, or a lane failed. */
  readonly signal: AbortSignal;
  has(name: string): boolean;
  run(name: string, owner: (signal: AbortSignal) => LaneOwner): void;
  /** Resolves when the lane, if there is one, has ended. */
  end(name: string): Promise<void>;
  /** Resolves when all have ended after `signal`; throws what made a lane fail. */
  ended(): Promise<void>;
}

export function createRunningLanes(tools: LaneTools, signal: AbortSignal): RunningLanes {
  const failing = new AbortController();
  const all = AbortSignal.any([signal, failing.signal]);
  const running = new Map<string, { readonly stop: AbortController; readonly done: Promise<void> }>();
  const failures: Error[] = [];

  return {
    signal: all,
    has: (name) => running.has(name),
    run(name, owner) {
      const stop = new AbortController();
      const laneSignal = AbortSignal.any([all, stop.signal]);
      const done = runLane(tools, owner(laneSignal), laneSignal)
        .catch((error: unknown) => {
          failures.push(error instanceof Error ? error : new Error(String(error)));
          failing.abort();
        })
        .finally(() => {
          if (running.get(name)?.stop === stop) running.delete(name);
        });
      running.set(name, { stop, done });
    },
    async end(name) {
      const lane = running.get(name);
      lane?.stop.abort();
      await lane?.done;
    },
    async ended() {
      await abortOf(all);
      await Promise.all([...running.values()].map(({ done }) => done));
      if (failures[0]) throw failures[0];
    },
  };
}

function abortOf(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      resolve();
    };
    if (signal.aborted) done();
    else signal.addEventListener('abort', done, { once: true });
  });
}
