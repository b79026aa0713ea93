import type { Clock, EventStore, EventToAppend, Ids } from '#event-sourcing';
import { accessStream, forgottenStream, graceDays, keptDays } from './events.js';

/** A fan-out of one event to more documents would hold up all models. */
const atOnce = 500;
const dayMs = 86_400_000;

/**
 * Has the model drop the entries of days that are over for longer than they are kept; their streams expire by
 * themselves, a week later, so that a system that nobody used for some days catches up. Doing it again, also by another process, changes nothing: event ids derive from the day.
 */
export async function forgetOldAccesses(
  { store, ids, clock }: { readonly store: EventStore; readonly ids: Ids; readonly clock: Clock },
  today: string,
): Promise<void> {
  const newest = Date.parse(today) - (keptDays + 1) * dayMs;
  for (let back = 0; back < graceDays; back++) {
    const day = new Date(newest - back * dayMs).toISOString().slice(0, 10);
    let entries = 0;
    for await (const { revision } of store.readStream(accessStream(day), { direction: 'backwards', limit: 1 })) {
      entries = revision + 1;
    }
    const parts = Math.ceil(entries / atOnce);
    for (let part = 0; part < parts; part++) {
      const first = part * atOnce;
      await store.append(forgottenStream, [forgotten(day, first, Math.min(atOnce, entries - first))], 'any');
    }
  }

  function forgotten(day: string, first: number, count: number): EventToAppend {
    const id = ids.derivedUuid('accesses-forgotten', day, String(first), String(count));
    const metadata = {
      commandId: id,
      commandHash: id,
      correlationId: id,
      causationId: id,
      actor: { id: 'access-log', role: 'workflow' },
      at: clock.now(),
      schemaVersion: 1,
    } as const;
    return { id, type: 'AccessesForgotten', data: { day, first, count }, metadata };
  }
}
