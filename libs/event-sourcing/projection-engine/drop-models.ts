import { StoreUnavailable } from '../errors.js';
import type { Documents } from '../ports/documents.js';
import { leaseName, progressName, rebuildPrefix } from './progress.js';

const leaseMilliseconds = 60_000;

/**
 * Forgets all models and how far they are, so that the next start makes them from the beginning of the log: the way
 * out after `ForeignStore`. Throws `StoreUnavailable` while a worker is active, or waits for its lease to end.
 */
export async function dropModels(documents: Documents, holder: string): Promise<void> {
  const lease = await documents.acquireLease(leaseName, holder, leaseMilliseconds);
  if (!lease) throw new StoreUnavailable('documents', 'a worker is active: stop it first');
  try {
    // The progress goes first: without it, what is left of the models is dropped or written over, never gone on with.
    for (const name of [progressName, ...(await documents.progressNames(rebuildPrefix))]) {
      await documents.removeProgress(name, lease.epoch);
    }
    for (const model of await documents.models()) await documents.dropModel(model);
  } finally {
    await documents.releaseLease(lease);
  }
}
