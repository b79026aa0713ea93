import type { DatabaseSync } from 'node:sqlite';
import { DamagedStoreError } from './damage.js';
import type { EventReader } from './event-reader.js';

/**
 * The position of the newest event; 0 when there is none. Throws DamagedStoreError when newer ones are known to have
 * been there: `acknowledged` is the highest position that was, as the mark beside the log has it.
 */
export function verifiedEnd(db: DatabaseSync, reader: EventReader, acknowledged: number): number {
  const last = reader.lastPosition();
  if (last < acknowledged)
    throw missingEnd(`the log ends at position ${last}, but position ${acknowledged} was acknowledged`);
  // A scavenge never removes the newest event of all, so nothing but damage can leave a gap before the next one.
  const next = nextPositionSaved(db);
  if (next > last + 1) throw missingEnd(`the log ends at position ${last}, not ${next - 1}`);
  return last;
}

/** What the last scavenge has noted; 1 before the first. */
function nextPositionSaved(db: DatabaseSync): number {
  const row = db.prepare(`SELECT value FROM counters WHERE name = 'next_position'`).get();
  return typeof row?.['value'] === 'number' ? row['value'] : 1;
}

function missingEnd(what: string): DamagedStoreError {
  return new DamagedStoreError(`the newest events are missing: ${what}`);
}
