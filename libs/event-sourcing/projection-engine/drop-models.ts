import { StoreUnavailable } from '../errors.js';
import type { Documents } from '../ports/documents.js';
import type { AnyProjection } from '../projection.js';
import { leaseName, modelOf, progressName, rebuildPrefix } from './progress.js';

const leaseMilliseconds = 60_000;

/**
 * Forgets these models and how far all are, so that the next start makes them from the beginning of the log: the way
 * out after `ForeignStore`. Throws `StoreUnavailable` while a worker is active, or waits for its lease to end.
 */
export async function dropModels(
  documents: Documents,
  projections: readonly AnyProjection[],
  holder: string,
): Promise<void> {
  const lease = await documents.acquireLease(leaseName, holder, leaseMilliseconds);
  if (!lease) throw new StoreUnavailable('documents', 'a worker is active: stop it first');
  try {
    // The progress goes first: models without it are dropped at the next start, should this end half way.
    for (const name of [progressName, ...(await documents.progressNames(rebuildPrefix))]) {
      await documents.removeProgress(name, lease.epoch);
    }
    await dropAll(documents, projections);
  } finally {
    await documents.releaseLease(lease);
  }
}

/** Models whose progress is not known belong to no history: going on with them would mix two. */
export async function dropAll(documents: Documents, projections: readonly AnyProjection[]): Promise<void> {
  const names = new Set(projections.map(({ name }) => name));
  for (const collection of await documents.models()) {
    if (names.has(modelOf(collection))) await documents.dropModel(collection);
  }
}
