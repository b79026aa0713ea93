import type { Collection } from '../storage/collection.js';
import type { Database } from '../storage/database.js';
import type { Storage } from '../storage/storage.js';
import type { SecondaryIndex } from '../indexes/secondary-index.js';
import { DateTime } from '../values/index.js';
import type { Parameters } from './parameters.js';

/** Documents removed in one go before clients have their turn. */
const CHUNK = 1000;
const TICK_MS = 1000;

/**
 * Removes documents whose time is over, again and again. A document's time is the earliest date in the field of the TTL
 * index, which is the first of its keys there; fields that are no dates never expire. Answers how to stop.
 */
export function startExpiry(storage: Storage, parameters: Parameters): () => void {
  let last = performance.now();
  let more = false;
  // Looking every second lets a changed setting count at once.
  const timer = setInterval(() => {
    if (!more && performance.now() - last < parameters.ttlMonitorSleepSecs * 1000) return;
    last = performance.now();
    try {
      more = parameters.ttlMonitorEnabled && sweepAll(storage);
    } catch (error) {
      // A damaged or full database must not end the sweeps of the others; the next one tries again.
      console.error(error);
    }
  }, TICK_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

function sweepAll(storage: Storage): boolean {
  let more = false;
  for (const database of storage.all()) {
    if (database.file.busy !== undefined) continue;
    for (const collection of database.collections.values()) {
      for (const index of collection.indexes) if (removeExpired(database, collection, index, Date.now())) more = true;
    }
  }
  return more;
}

/** Removes up to a chunk of expired documents; answers whether there may be more. */
export function removeExpired(database: Database, collection: Collection, index: SecondaryIndex, now: number): boolean {
  const seconds = index.spec.expireAfterSeconds;
  if (seconds === undefined) return false;
  const [low, high] = dateRange(index, BigInt(now) - BigInt(seconds) * 1000n);
  const rows = index.table.read(low, high, undefined, CHUNK, 1);
  if (rows.length === 0) return false;
  database.file.joinBatch();
  for (const [, rid] of rows) {
    const stored = collection.byRid(rid);
    if (stored !== undefined) collection.remove(stored);
  }
  return rows.length === CHUNK;
}

function dateRange(index: SecondaryIndex, until: bigint): [Buffer, Buffer] {
  const first = index.encode([new DateTime(-(2n ** 63n))]);
  const last = index.encode([new DateTime(until)]);
  const ordered: [Buffer, Buffer] = index.spec.key[0]?.direction === -1 ? [last, first] : [first, last];
  return [ordered[0], Buffer.concat([ordered[1], Buffer.of(0)])];
}
