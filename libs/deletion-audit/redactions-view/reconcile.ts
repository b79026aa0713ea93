import { DamagedData } from '#event-sourcing';
import type { Clock, EventStore, KeyRing, Position, ReadModels } from '#event-sourcing';
import { allRedactions } from './queries.js';

const pause = 1_000;

export interface ReconcilingPorts {
  readonly store: EventStore;
  readonly models: ReadModels;
  readonly keys: KeyRing;
  readonly clock: Clock;
}

/**
 * At a start, before anybody reads (S8): an older key store may have been put back, in which events that were redacted
 * since can be opened again. The log wins: their keys are taken away once more. Answers when all redactions that the
 * models know of were gone through. `finished`: so are those of models that did not answer then, or had not seen the
 * whole log, because an older copy of them was put back too; it is tried again until `signal` aborts.
 */
export async function reconcileRedactions(
  { store, models, keys, clock }: ReconcilingPorts,
  signal: AbortSignal,
): Promise<{ readonly finished: Promise<void> }> {
  const end = await endOfLog(store);
  async function puncturedUpTo(): Promise<Position> {
    const reached = await models.position();
    for await (const { subjectId, eventIds } of allRedactions(models)) await punctureAgain(keys, subjectId, eventIds);
    return reached;
  }
  async function finish(): Promise<void> {
    while (!signal.aborted) {
      await clock.sleep(pause, signal);
      const complete = async () => (await models.position()) >= end && (await puncturedUpTo()) >= end;
      if (await complete().catch(() => false)) return;
    }
  }
  const reached = await puncturedUpTo().catch(() => undefined);
  return { finished: reached !== undefined && reached >= end ? Promise.resolve() : finish() };
}

async function endOfLog(store: EventStore): Promise<Position> {
  for await (const { position } of store.readAll({ direction: 'backwards', limit: 1 })) return position;
  return 0;
}

async function punctureAgain(keys: KeyRing, subjectId: string, eventIds: readonly string[]): Promise<void> {
  try {
    await keys.puncture(subjectId, eventIds);
  } catch (fault) {
    // There is no key at all, so nothing that could be opened; `ledger doctor` names the contact.
    if (!(fault instanceof DamagedData)) throw fault;
  }
}
