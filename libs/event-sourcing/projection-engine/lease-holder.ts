import { StoreUnavailable } from '../errors.js';
import type { Clock } from '../ports/clock.js';
import type { Documents, Lease } from '../ports/documents.js';
import { aborted } from './aborted.js';

/**
 * Renews the lease until `signal` aborts; aborts `leading` when it is lost, or not renewed for half its time: by
 * sleeping, not by the time of day, which can jump. Others may take over only when all of it is over.
 */
export async function holdLease(
  documents: Documents,
  clock: Clock,
  lease: Lease,
  milliseconds: number,
  leading: AbortController,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(milliseconds / 6, signal);
    if (aborted(signal)) return;
    const deadline = new AbortController();
    const tooLate = clock.sleep(milliseconds / 3, AbortSignal.any([deadline.signal, signal])).then(() => false);
    const renewed = await Promise.race([renew(documents, clock, lease, milliseconds, deadline.signal), tooLate]);
    deadline.abort();
    if (!renewed) leading.abort();
  }
}

async function renew(
  documents: Documents,
  clock: Clock,
  lease: Lease,
  milliseconds: number,
  signal: AbortSignal,
): Promise<boolean> {
  while (!signal.aborted) {
    try {
      return await documents.renewLease(lease, milliseconds);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) return false;
      await clock.sleep(milliseconds / 20, signal);
    }
  }
  return false;
}
