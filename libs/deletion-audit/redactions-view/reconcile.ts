import { DamagedData } from '#event-sourcing';
import type { Clock, KeyRing, ReadModels } from '#event-sourcing';
import { allRedactions } from './queries.js';

const pause = 1_000;

/**
 * At a start (S8): an older key store may have been put back, in which events that were redacted since can be opened
 * again. The log wins: their keys are taken away once more. Until the models answer it is tried again, or `signal`
 * aborts; what the models have not seen yet is the workflow's `when-redacted-then-puncture`.
 */
export async function reconcileRedactions(
  { models, keys, clock }: { readonly models: ReadModels; readonly keys: KeyRing; readonly clock: Clock },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const { subjectId, eventIds } of allRedactions(models)) await punctureAgain(keys, subjectId, eventIds);
      return;
    } catch {
      await clock.sleep(pause, signal);
    }
  }
}

async function punctureAgain(keys: KeyRing, subjectId: string, eventIds: readonly string[]): Promise<void> {
  try {
    await keys.puncture(subjectId, eventIds);
  } catch (fault) {
    // There is no key at all, so nothing that could be opened; `ledger doctor` names the contact.
    if (!(fault instanceof DamagedData)) throw fault;
  }
}
