import type { DatabaseSync } from 'node:sqlite';
import { asDamage } from './sqlite-errors.js';
import { DamagedStoreError } from './damage.js';
import type { EventReader } from './event-reader.js';

const PAGE = { events: 500, bytes: 1024 * 1024 };

/**
 * Throws DamagedStoreError unless the database's own structures agree with each other: without this an index could
 * have lost an entry, and a stream would be answered as if it did not exist.
 */
export function verifyStructure(db: DatabaseSync): void {
  try {
    const found = db.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
    if (found !== 'ok') throw new DamagedStoreError(`the database file is damaged: ${String(found)}`);
  } catch (error) {
    throw asDamage(error);
  }
}

const NEWEST = { events: 1_000, bytes: 16 * 1024 * 1024 };

/** Reads the newest events, those that a crash may have hit, and throws DamagedStoreError at one that is damaged. */
export function verifyNewest(reader: EventReader): void {
  reader.allPage({ from: 1, to: reader.lastPosition(), direction: 'backwards' }, NEWEST);
}

/** Reads everything, and throws DamagedStoreError at the first event or stream that is not what was written. */
export function* verifyContents(reader: EventReader): Generator<undefined> {
  for (const head of reader.heads()) {
    const last = head.lastRevision;
    // Between two commits nothing is wrong with a stream whose last event is there.
    if (last >= head.firstRevision && !reader.eventAt(head, last)) {
      throw new DamagedStoreError(`event ${last} of stream '${head.name}' is missing`);
    }
  }
  const to = reader.lastPosition();
  for (let from = 1; from <= to;) {
    const page = reader.snapshot(() => reader.allPage({ from, to, direction: 'forwards' }, PAGE));
    from = (page.at(-1)?.position ?? to) + 1;
    yield;
  }
}
