import type { Clock } from '../ports/clock.js';
import type { Documents } from '../ports/documents.js';
import { isSwitching, requestRebuild } from './rebuild-jobs.js';
import { rebuildPrefix, rebuiltPrefix } from './progress.js';
import type { RebuildJob, RebuiltModels } from './progress.js';

/** A rebuild that is asked for, under way, failed or done. */
export interface RebuildStatus {
  /** The same each time for the same models. */
  readonly rebuildId: string;
  readonly models: readonly string[];
  readonly state: 'running' | 'failed' | 'done';
  /** Events taken in. */
  readonly done: number;
  /** Estimate of the events there are. */
  readonly total: number;
  /** Estimate, of one that is running; not there before its first batch. */
  readonly secondsLeft?: number;
  readonly failure?: string;
}

/** The rebuilds, from the database, whichever engine does them. Throws `StoreUnavailable`. */
export interface Rebuilds {
  /** Asks for one, or joins the one that is under way; answers how far it is. */
  request(model: string): Promise<RebuildStatus>;
  /** One for each set of models: the last that was asked for. */
  all(): Promise<readonly RebuildStatus[]>;
}

interface RebuildPorts {
  readonly documents: Documents;
  readonly clock: Clock;
}

export function createRebuilds(ports: RebuildPorts): Rebuilds {
  const all = (): Promise<readonly RebuildStatus[]> => rebuildStatuses(ports);
  return {
    async request(model) {
      await requestRebuild(ports, [model]);
      const asked = (await all()).find(({ rebuildId }) => rebuildId === model);
      // Small models are done at once.
      return asked ?? { rebuildId: model, models: [model], state: 'done', done: 0, total: 0 };
    },
    all,
  };
}

async function rebuildStatuses({ documents, clock }: RebuildPorts): Promise<readonly RebuildStatus[]> {
  const under = await Promise.all(
    (await documents.progressNames(rebuildPrefix)).map(async (name) => {
      const job = (await documents.progress(name)) as RebuildJob | undefined;
      return job ? [statusOf(name.slice(rebuildPrefix.length), job, clock.now())] : [];
    }),
  );
  const over = await Promise.all(
    (await documents.progressNames(rebuiltPrefix)).map(async (name) => {
      const rebuilt = (await documents.progress(name)) as RebuiltModels | undefined;
      if (!rebuilt) return [];
      const { models, done } = rebuilt;
      const rebuildId = name.slice(rebuiltPrefix.length);
      const state = (await isSwitching(documents, rebuildPrefix + rebuildId)) ? 'running' : 'done';
      return [{ rebuildId, models, state, done, total: done } as const];
    }),
  );
  const running = under.flat();
  const again = new Set(running.map(({ rebuildId }) => rebuildId));
  return [...running, ...over.flat().filter(({ rebuildId }) => !again.has(rebuildId))];
}

function statusOf(rebuildId: string, job: RebuildJob, now: string): RebuildStatus {
  const { done, total, failure } = job;
  const shown = { rebuildId, models: job.models.map(({ name }) => name), done, total };
  if (failure !== null) return { ...shown, state: 'failed', failure };
  const perMillisecond = done / (Date.parse(now) - Date.parse(job.requestedAt));
  if (!(perMillisecond > 0) || perMillisecond === Infinity) return { ...shown, state: 'running' };
  return { ...shown, state: 'running', secondsLeft: Math.ceil((total - done) / perMillisecond / 1_000) };
}
