import type { Documents, Lease } from '../ports/documents.js';
import type { AnyProjection } from '../projection.js';
import { ensureModels } from './ensure-models.js';
import type { LaneTools } from './lane.js';
import type { ProgressKeeper } from './progress-keeper.js';
import { generationName, rebuildPrefix } from './progress.js';
import type { RebuildJob } from './progress.js';
import { rebuildLane } from './rebuild-lane.js';
import type { RunningLanes } from './running-lanes.js';

const poll = 500;

/** Starts the rebuilds that are asked for, here or by another process, and those that died with their worker. */
export async function watchRebuilds(
  tools: LaneTools,
  keeper: ProgressKeeper,
  projections: readonly AnyProjection[],
  lanes: RunningLanes,
  lease: Lease,
  stumbled: (fault: unknown) => void,
): Promise<void> {
  while (!lanes.signal.aborted) {
    try {
      for (const [name, job] of await openJobs(tools.documents)) {
        if (!lanes.has(name)) await start(name, job);
      }
    } catch (error) {
      stumbled(error);
    }
    await tools.clock.sleep(poll, lanes.signal);
  }

  async function start(name: string, job: RebuildJob): Promise<void> {
    const built = projections.filter((projection) => job.models.some((model) => model.name === projection.name));
    const generations = new Map(job.models.map((model) => [model.name, generationName(model.name, model.generation)]));
    await ensureModels(tools.documents, built, (projection) => generations.get(projection.name) ?? projection.name);
    const head = await newestPosition(tools);
    const retire = async (): Promise<void> => {
      for (const model of generations.keys()) await lanes.end(model);
    };
    const rebuild = { name, job, projections: built, lease, head, retire };
    lanes.run(name, (signal) => rebuildLane(tools, keeper, rebuild, signal, stumbled));
  }
}

/** The rebuilds that are asked for or under way; one that failed waits for somebody to ask again. */
export async function openJobs(documents: Documents): Promise<ReadonlyMap<string, RebuildJob>> {
  const found = new Map<string, RebuildJob>();
  for (const name of await documents.progressNames(rebuildPrefix)) {
    const job = (await documents.progress(name)) as RebuildJob | undefined;
    if (job?.failure === null) found.set(name, job);
  }
  return found;
}

async function newestPosition({ store }: LaneTools): Promise<number> {
  for await (const newest of store.readAll({ direction: 'backwards', limit: 1 })) return newest.position;
  return 0;
}
