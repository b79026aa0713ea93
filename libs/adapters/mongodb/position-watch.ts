import type { Db } from 'mongodb';
import { modelOf, progressName, StoreUnavailable } from '#event-sourcing';
import type { Position, Progress } from '#event-sourcing';
import { setTimeout } from 'node:timers/promises';
import { mongoCall } from './faults.js';
import { progressCollection } from './progress-and-leases.js';

/** How far the models are, looked at often while somebody waits, once for all who wait. */
export interface PositionWatch {
  position(): Promise<Position>;
  /** Whether the model (or whose side documents these are) was not where the others are, when last looked at. */
  isBehind(model: string): boolean;
  /** How often the model was rebuilt, when the position was last looked at. */
  generation(model: string): number;
  waitFor(position: Position, milliseconds: number): Promise<Position>;
}

const pollMilliseconds = 10;

interface Waiter {
  readonly wanted: Position;
  readonly settle: (outcome: Position | Error) => void;
}

export function watchPosition(db: Db): PositionWatch {
  const waiters = new Set<Waiter>();
  let polling = false;
  let models: Progress['models'] = [];

  async function position(): Promise<Position> {
    const found = await mongoCall(() => progressCollection(db).findOne({ _id: progressName }));
    const progress = found?.value as Progress | undefined;
    models = progress?.models ?? [];
    return progress?.position ?? 0;
  }

  async function poll(): Promise<void> {
    polling = true;
    while (waiters.size > 0) {
      const reached = await position().catch((error: unknown) => error as Error);
      for (const waiter of [...waiters]) {
        if (reached instanceof Error || reached >= waiter.wanted) waiter.settle(reached);
      }
      if (waiters.size > 0) await setTimeout(pollMilliseconds);
    }
    polling = false;
  }

  return {
    position,
    isBehind: (model) => models.some(({ name, lane }) => name === modelOf(model) && lane === 'own'),
    generation: (model) => models.find(({ name }) => name === model)?.generation ?? 0,
    async waitFor(wanted, milliseconds) {
      const timer = new AbortController();
      const outcome = await new Promise<Position | Error>((resolve) => {
        const waiter: Waiter = {
          wanted,
          settle(result) {
            waiters.delete(waiter);
            timer.abort();
            resolve(result);
          },
        };
        waiters.add(waiter);
        setTimeout(milliseconds, undefined, { signal: timer.signal }).then(
          () => {
            waiter.settle(new StoreUnavailable('documents', `the models have not reached position ${wanted} yet`));
          },
          () => undefined,
        );
        if (!polling) void poll();
      });
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
  };
}
