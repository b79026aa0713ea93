import { createProjectionEngine, progressName } from '#event-sourcing';
import type { AnyProjection, Documents, EventStore, Progress, ProjectionEngine } from '#event-sourcing';
import { createScaledClock } from '../scaled-clock.js';
import { inboxErasure, inboxModels } from './inbox.js';

export const clock = createScaledClock(100);

/** An engine over the inbox. What it could not do at once is kept in `stumbles`. */
export function engineOver(
  store: EventStore,
  documents: Documents,
  options: { batchSize?: number; mostBehind?: number; projections?: readonly AnyProjection[]; holder?: string } = {},
): ProjectionEngine & { readonly stumbles: unknown[]; readonly failures: Error[] } {
  const stumbles: unknown[] = [];
  const failures: Error[] = [];
  const engine = createProjectionEngine({
    store,
    documents,
    projections: options.projections ?? inboxModels,
    clock,
    erasure: inboxErasure,
    holder: options.holder ?? 'worker',
    leaseMilliseconds: 60_000,
    batchSize: options.batchSize ?? 1_000,
    mostBehind: options.mostBehind ?? 5_000,
    stumbled: (fault) => stumbles.push(fault),
    failed: (fault) => failures.push(fault),
  });
  return { ...engine, stumbles, failures };
}

/** Resolves when the shared lane has taken in everything that is in the log now, and all models that can ride on it. */
export async function caughtUp(store: EventStore, documents: Documents): Promise<void> {
  let head = 0;
  for await (const event of store.readAll({ direction: 'backwards', limit: 1 })) head = event.position;
  await until(async () => {
    const progress = (await documents.progress(progressName)) as Progress | undefined;
    const waiting = progress?.models.some(({ lane, poison }) => lane === 'own' && !poison) ?? true;
    return !waiting && (progress?.position ?? 0) >= head;
  });
}

/** Looks again and again, without a limit of its own: the test's time limit is the limit. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** Runs an engine over all there is, and stops it. */
export async function project(
  store: EventStore,
  documents: Documents,
  options: { batchSize?: number; projections?: readonly AnyProjection[] } = {},
): Promise<void> {
  const engine = engineOver(store, documents, options);
  await engine.start();
  await caughtUp(store, documents);
  await engine.stop();
}
