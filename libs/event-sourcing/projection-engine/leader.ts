import type { Lease } from '../ports/documents.js';
import type { AnyProjection } from '../projection.js';
import { aborted } from './aborted.js';
import { dropAll } from './drop-models.js';
import { ensureModels, sweepModels } from './ensure-models.js';
import type { LaneTools } from './lane.js';
import { ownLane } from './own-lane.js';
import { openProgress } from './progress-keeper.js';
import type { ProgressKeeper } from './progress-keeper.js';
import { progressName } from './progress.js';
import type { ModelProgress } from './progress.js';
import { dropAbandoned, requestRebuild } from './rebuild-jobs.js';
import { finishSwitches } from './rebuild-lane.js';
import { createRunningLanes } from './running-lanes.js';
import { sharedLane } from './shared-lane.js';
import { openJobs, watchRebuilds } from './watch-rebuilds.js';

export interface Leadership {
  readonly tools: LaneTools;
  readonly projections: readonly AnyProjection[];
  readonly lease: Lease;
  readonly leaseMilliseconds: number;
  readonly stumbled: (fault: unknown) => void;
}

/**
 * Does the work of the one active engine until `signal` aborts. Throws `ForeignStore`, `LeaseLost`, `StoreUnavailable`.
 */
export async function lead(leadership: Leadership, signal: AbortSignal): Promise<void> {
  const { tools, projections, lease, stumbled } = leadership;
  const { documents } = tools;
  if ((await documents.progress(progressName)) === undefined) await dropAll(documents, projections);
  const keeper = await openProgress(documents, lease);
  await finishSwitches(documents, keeper, lease);
  await ensureModels(documents, projections, ({ name }) => name);
  await admit(tools, keeper, projections);
  await dropAbandoned(documents, projections, [...(await openJobs(documents)).values()]);

  const lanes = createRunningLanes(tools, signal);
  const runAlone = (projection: AnyProjection): void => {
    lanes.run(projection.name, (laneSignal) => ownLane(tools, keeper, projection, laneSignal, stumbled));
  };
  lanes.run('shared', () => sharedLane(keeper, projections, stumbled, runAlone));
  for (const projection of projections) {
    const model = keeper.model(projection.name);
    if (model?.schema === projection.schema && model.lane === 'own') runAlone(projection);
  }
  await Promise.all([
    watchRebuilds(tools, keeper, projections, lanes, lease, stumbled),
    sweepNowAndThen(leadership, keeper, lanes.signal),
    lanes.ended(),
  ]);
}

/** Models that are new join at the beginning of the log; later, or with another schema, they are rebuilt first. */
async function admit(tools: LaneTools, keeper: ProgressKeeper, projections: readonly AnyProjection[]): Promise<void> {
  const missing = projections.filter(({ name, schema }) => keeper.model(name)?.schema !== schema);
  const atStart = keeper.shared.position === 0;
  const kept = new Set(projections.filter((each) => !atStart || !missing.includes(each)).map(({ name }) => name));
  await keeper.update((progress) => ({
    ...progress,
    models: [
      // A poisoned one gets another chance: this build may take what the last one could not.
      ...progress.models.filter(({ name }) => kept.has(name)).map((model) => ({ ...model, poison: null })),
      ...(atStart ? missing.map(fresh) : []),
    ],
  }));
  if (atStart || missing.length === 0) return;
  await requestRebuild(
    tools,
    missing.map(({ name }) => name),
  );
}

const fresh = ({ name, schema }: AnyProjection): ModelProgress => ({
  name,
  schema,
  generation: 0,
  lane: 'shared',
  own: null,
  poison: null,
  switching: null,
});

/**
 * Sweeps tombstones that every model is past for a whole lease: by then, no worker that lost the lease can still come
 * with a write from before them.
 */
async function sweepNowAndThen(leadership: Leadership, keeper: ProgressKeeper, signal: AbortSignal): Promise<void> {
  const { tools, projections, leaseMilliseconds, stumbled } = leadership;
  for (let sweepable = 0; ;) {
    const past = Math.min(keeper.shared.position, ...keeper.current.models.flatMap(({ own }) => own?.position ?? []));
    await tools.clock.sleep(leaseMilliseconds, signal);
    if (aborted(signal)) return;
    await sweepModels(tools.documents, projections, sweepable).catch(stumbled);
    sweepable = past;
  }
}
