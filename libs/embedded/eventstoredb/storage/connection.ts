import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { asDamage } from './sqlite-errors.js';
import { createSchema, isEmpty, verifySchema } from './schema.js';

const FILE = 'events.sqlite';

/**
 * Opens the one connection that writes. Makes directory and file when they are not there.
 * - `synchronous=NORMAL`: checkpoints sync, commits do not; `WalSync` does before anything is acknowledged.
 * - `secure_delete=ON`: otherwise a scavenge would leave removed payloads in free pages; see also `EventLog.wipeSteps`.
 * - `wal_autocheckpoint=0`: a checkpoint inside a commit would hold up every client; see the maintenance thread.
 */
export function openForWriting(directory: string): DatabaseSync {
  mkdirSync(directory, { recursive: true });
  const db = new DatabaseSync(databasePath(directory), { timeout: 5_000 });
  return guarded(db, () => {
    const isNew = isEmpty(db);
    if (isNew) {
      db.exec('PRAGMA page_size = 4096; PRAGMA auto_vacuum = NONE; PRAGMA secure_delete = ON');
      createSchema(db);
    }
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 0',
    );
    db.exec(
      'PRAGMA foreign_keys = OFF; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768',
    );
    if (!isNew) verifySchema(db);
  });
}

/** Opens a connection that reads, and runs checkpoints; for the reader thread. */
export function openForReading(directory: string): DatabaseSync {
  const db = new DatabaseSync(databasePath(directory), { timeout: 5_000 });
  return guarded(db, () => {
    db.exec(
      'PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384',
    );
  });
}

export function databasePath(directory: string): string {
  return join(directory, FILE);
}

/** The file that commits go to first. */
export function writeAheadLogPath(directory: string): string {
  return `${databasePath(directory)}-wal`;
}

/** Bytes of the database file. By name, without opening it: closing a descriptor of it would drop its locks. */
export function databaseSize(directory: string): number {
  return statSync(databasePath(directory)).size;
}

/** As `databaseSize`, of what is not yet in the database file. */
export function writeAheadLogSize(directory: string): number {
  return statSync(writeAheadLogPath(directory), { throwIfNoEntry: false })?.size ?? 0;
}

function guarded(db: DatabaseSync, prepare: () => void): DatabaseSync {
  try {
    prepare();
    return db;
  } catch (error) {
    db.close();
    throw asDamage(error);
  }
}

/** Without this, a power failure could forget that new files exist at all. */
export function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
