import type { Documents, Lease } from '../ports/documents.js';
import type { AnyProjection } from '../projection.js';
import { catchUp } from './catch-up.js';
import type { LaneOwner, LaneTools } from './lane.js';
import { persistently } from './persistence.js';
import { LeaseLost } from './progress-keeper.js';
import type { ProgressKeeper } from './progress-keeper.js';
import { generationName, rebuildPrefix, rebuiltPrefix, sideName } from './progress.js';
import type { ModelProgress, RebuildJob, RebuiltModels } from './progress.js';
import { createWrittenIds } from './written-ids.js';
import type { Written } from './written-ids.js';

export interface Rebuild {
  readonly name: string;
  readonly job: RebuildJob;
  readonly projections: readonly AnyProjection[];
  readonly lease: Lease;
  /** Position of the newest event when the rebuild began: by it the number of events is estimated. */
  readonly head: number;
  /** Ends the lanes that bring the live models up to date: two must not write one model, nor change it over. */
  readonly retire: () => Promise<void>;
}

/**
 * The lane on which models are built from nothing, each in a collection of its own beside the live one. Caught up,
 * while the shared lane is held still, they take the live ones' names. The job's document says how far it is.
 */
export function rebuildLane(
  tools: LaneTools,
  keeper: ProgressKeeper,
  { name, job: begun, projections, lease, head, retire }: Rebuild,
  signal: AbortSignal,
  stumbled: (fault: unknown) => void,
): LaneOwner {
  const { documents } = tools;
  let job = begun;
  // One that was taken over finds documents that it did not write.
  const written = new Map<AnyProjection, Written>(
    begun.position > 0 ? [] : projections.map((one) => [one, { model: createWrittenIds(), side: createWrittenIds() }]),
  );

  async function save(next: RebuildJob): Promise<void> {
    if (!(await documents.saveProgress(name, next, lease.epoch)))
      throw new LeaseLost(`another engine took over ${name}`);
    job = next;
  }

  const owner: LaneOwner = {
    leavesSlowOnes: false,
    exclusively: (work) => work(),
    get checkpoint() {
      return { position: job.position, event: job.event };
    },
    get riders() {
      return projections.map((projection) => ({
        projection,
        collection: generationName(projection.name, generationOf(job, projection.name)),
        ahead: 0,
        written: written.get(projection),
      }));
    },
    async advance(reached, events, { poisoned }) {
      if (job.failure !== null) return;
      const [poison] = poisoned;
      if (poison) {
        const [model, { position, reason }] = poison;
        await save({ ...job, failure: `${model} cannot take the event at ${position}: ${reason}` });
        return;
      }
      const done = job.done + events;
      const share = Math.min(1, reached.position / Math.max(head, reached.position));
      await save({ ...job, ...reached, done, total: Math.max(done, Math.round(done / share)) });
    },
    async rest(caughtUp) {
      if (job.failure !== null) return true;
      if (!caughtUp) return false;
      await retire();
      return keeper.exclusively(async () => {
        await catchUp(tools, owner, keeper.shared, signal);
        if (job.failure !== null) return true;
        await persistently(tools.clock, signal, switchAll);
        return true;
      });
    },
    stumbled,
  };

  async function switchAll(): Promise<void> {
    const own = job.position > keeper.shared.position ? { position: job.position, event: job.event } : null;
    const names = new Set(job.models.map((model) => model.name));
    await keeper.update((progress) => ({
      ...progress,
      models: [
        ...progress.models.filter((model) => !names.has(model.name)),
        ...projections.map((projection): ModelProgress => ({
          name: projection.name,
          schema: projection.schema,
          generation: 1 + (progress.models.find(({ name: model }) => model === projection.name)?.generation ?? 0),
          lane: 'shared',
          own,
          poison: null,
          switching: { generation: generationOf(job, projection.name), job: name },
        })),
      ],
    }));
    await finishSwitches(documents, keeper, lease);
  }

  return owner;
}

/**
 * Renames rebuilt generations to their live names. What is to be renamed stands in the progress document, so that a
 * crash at any point is made good by doing this again; the job goes first, or it would go on in an emptied collection.
 */
export async function finishSwitches(documents: Documents, keeper: ProgressKeeper, lease: Lease): Promise<void> {
  const switching = keeper.current.models.filter((model) => model.switching !== null);
  for (const job of new Set(switching.map((model) => model.switching?.job ?? ''))) {
    await remember(documents, job, lease);
    await documents.removeProgress(job, lease.epoch);
  }
  for (const model of switching) {
    const generation = generationName(model.name, model.switching?.generation ?? 0);
    await documents.renameModel(sideName(generation), sideName(model.name));
    await documents.renameModel(generation, model.name);
    await keeper.updateModel({ ...model, switching: null });
  }
}

/** Whoever asked for the rebuild learns that it is done. */
async function remember(documents: Documents, name: string, lease: Lease): Promise<void> {
  const job = (await documents.progress(name)) as RebuildJob | undefined;
  if (!job) return;
  const rebuilt: RebuiltModels = { models: job.models.map((model) => model.name), done: job.done };
  await documents.saveProgress(rebuiltPrefix + name.slice(rebuildPrefix.length), rebuilt, lease.epoch);
}

function generationOf(job: RebuildJob, name: string): number {
  return job.models.find((model) => model.name === name)?.generation ?? 0;
}
