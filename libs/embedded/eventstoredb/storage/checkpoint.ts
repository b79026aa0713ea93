import type { DatabaseSync } from 'node:sqlite';

/**
 * Copies what it can from the write-ahead log into the database file, without making anyone wait. False when that
 * failed, for lack of space for instance: nothing is lost by it, and it can be tried again.
 */
export function checkpoint(db: DatabaseSync): boolean {
  try {
    db.exec('PRAGMA wal_checkpoint(PASSIVE)');
    return true;
  } catch {
    return false;
  }
}

/**
 * Copies everything and cuts the write-ahead log to length 0: afterwards no old version of a page is left in it.
 * False when a reader was in the way; then it is to be tried again. Never waits.
 */
export function truncateWriteAheadLog(db: DatabaseSync): boolean {
  const { timeout } = db.prepare('PRAGMA busy_timeout').get() ?? {};
  db.exec('PRAGMA busy_timeout = 0');
  try {
    return db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0;
  } finally {
    db.exec(`PRAGMA busy_timeout = ${Number(timeout)}`);
  }
}
