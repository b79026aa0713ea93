import { Fault } from '../errors.js';
import type { Documents, Lease } from '../ports/documents.js';
import { progressName, startOfLog } from './progress.js';
import type { Checkpoint, ModelProgress, Progress } from './progress.js';

/** Another engine leads now: this one must not write any more. */
export class LeaseLost extends Fault {
  readonly code = 'lease-lost';
}

/** The progress document in the hands of the engine that leads. */
export interface ProgressKeeper {
  readonly current: Progress;
  readonly shared: Checkpoint;
  model(name: string): ModelProgress | undefined;
  /** Durable when it resolves. Throws `LeaseLost`. */
  update(change: (progress: Progress) => Progress): Promise<void>;
  updateModel(model: ModelProgress): Promise<void>;
  /** Runs alone: what the shared lane does, and what takes models on and off it. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

export async function openProgress(documents: Documents, lease: Lease): Promise<ProgressKeeper> {
  let current = ((await documents.progress(progressName)) as Progress | undefined) ?? { ...startOfLog, models: [] };
  const saving = createQueue();
  const sharing = createQueue();

  const keeper: ProgressKeeper = {
    get current() {
      return current;
    },
    get shared() {
      return { position: current.position, event: current.event };
    },
    model: (name) => current.models.find((model) => model.name === name),
    update: (change) =>
      saving(async () => {
        const next = change(current);
        if (!(await documents.saveProgress(progressName, next, lease.epoch))) {
          throw new LeaseLost(`another engine leads since epoch ${lease.epoch}`);
        }
        current = next;
      }),
    updateModel: (model) =>
      keeper.update((progress) => ({
        ...progress,
        models: [...progress.models.filter(({ name }) => name !== model.name), model],
      })),
    exclusively: (work) => sharing(work),
  };
  // Written before anything else: from here on, an engine of an older epoch is refused.
  await keeper.update((progress) => progress);
  return keeper;
}

/** One after another, in the order of asking. */
function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work, work);
    last = result;
    return result;
  };
}
