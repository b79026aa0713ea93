import type { KeyRing } from '#event-sourcing';
import type { ContactDeleted } from '../audit/index.js';

/** An audit entry as it can be recorded again: without its place in the chain, and without the note. */
export type EntryToRecord = Omit<ContactDeleted['data'], 'previousHash' | 'hash' | 'note'>;

const notRecordedAgain: ReadonlySet<string> = new Set(['previousHash', 'hash', 'note']);

/**
 * The key of an erased contact leaves its audit entry behind in the key store: when older events are put back, which
 * know nothing of the erasure, it is recorded and done again.
 */
export function reasonOf({ data }: ContactDeleted): string {
  return JSON.stringify(Object.fromEntries(Object.entries(data).filter(([name]) => !notRecordedAgain.has(name))));
}

/** The erasures that the key store knows of, by their id. */
export async function markedErasures(keys: KeyRing): Promise<ReadonlyMap<string, EntryToRecord>> {
  const erasures = new Map<string, EntryToRecord>();
  for await (const { reason } of keys.destroyed()) {
    // Written by `reasonOf`.
    const entry = JSON.parse(reason) as EntryToRecord;
    erasures.set(entry.erasureId, entry);
  }
  return erasures;
}
