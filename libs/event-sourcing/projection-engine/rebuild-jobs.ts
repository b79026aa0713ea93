import type { Clock } from '../ports/clock.js';
import type { Documents } from '../ports/documents.js';
import type { AnyProjection } from '../projection.js';
import { persistently } from './persistence.js';
import { generationName, modelOf, progressName, rebuildPrefix, startOfLog } from './progress.js';
import type { Progress, RebuildJob } from './progress.js';

/** How far a rebuild is. */
export interface RebuildProgress {
  /** Events taken in. */
  readonly done: number;
  /** Estimate of the events there are. */
  readonly total: number;
  /** Estimate; `undefined` before the first batch. */
  readonly secondsLeft: number | undefined;
}

const poll = 100;

/** Asks for a rebuild; whoever leads does it. Asking for one that is under way, or was when a worker died, joins it. */
export async function requestRebuild(
  { documents, clock }: { readonly documents: Documents; readonly clock: Clock },
  models: readonly string[],
): Promise<string> {
  const name = rebuildPrefix + [...models].sort().join(',');
  const earlier = (await documents.progress(name)) as RebuildJob | undefined;
  if (earlier?.failure === null) return name;
  if (earlier) await documents.removeProgress(name, Infinity);
  const collections = await documents.models();
  const job: RebuildJob = {
    ...startOfLog,
    models: models.map((model) => ({ name: model, generation: nextGeneration(collections, model) })),
    done: 0,
    total: 0,
    failure: null,
    requestedAt: clock.now(),
  };
  await documents.saveProgress(name, job, 0);
  return name;
}

/** Resolves when the rebuilt models are live. Throws when the rebuild failed, or `signal` aborts. */
export async function awaitRebuild(
  documents: Documents,
  clock: Clock,
  name: string,
  onProgress: (progress: RebuildProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const began = Date.parse(clock.now());
  let first: number | undefined;
  while (!signal.aborted) {
    const job = (await persistently(clock, signal, () => documents.progress(name))) as RebuildJob | undefined;
    if (!job && !(await persistently(clock, signal, () => isSwitching(documents, name)))) return;
    if (job) {
      if (job.failure !== null) throw new Error(`rebuild failed: ${job.failure}`);
      const { done, total } = job;
      first ??= done;
      const perSecond = ((done - first) * 1_000) / (Date.parse(clock.now()) - began);
      onProgress({ done, total, secondsLeft: perSecond > 0 ? (total - done) / perSecond : undefined });
    }
    await clock.sleep(poll, signal);
  }
  throw new Error('stopped while waiting for the rebuild; it goes on when a worker leads');
}

/** Whether what a rebuild has built is taking the place of the live models: its job is gone by then. */
export async function isSwitching(documents: Documents, name: string): Promise<boolean> {
  const progress = (await documents.progress(progressName)) as Progress | undefined;
  return progress?.models.some(({ switching }) => switching?.job === name) ?? false;
}

/** Removes the collections of rebuilds that nobody goes on with. */
export async function dropAbandoned(
  documents: Documents,
  projections: readonly AnyProjection[],
  jobs: readonly RebuildJob[],
): Promise<void> {
  const wanted = new Set(
    jobs.flatMap(({ models }) => models.map(({ name, generation }) => generationName(name, generation))),
  );
  const names = new Set(projections.map(({ name }) => name));
  for (const collection of await documents.models()) {
    const generation = collection.replace(/\.side$/, '');
    const built = generation !== modelOf(collection) && names.has(modelOf(collection));
    if (built && !wanted.has(generation)) await documents.dropModel(collection);
  }
}

function nextGeneration(collections: readonly string[], model: string): number {
  const taken = collections
    .filter((collection) => collection.startsWith(`${model}~`))
    .map((collection) => Number.parseInt(collection.slice(model.length + 1), 10));
  return Math.max(0, ...taken) + 1;
}
