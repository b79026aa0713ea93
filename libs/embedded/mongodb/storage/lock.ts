import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isSqliteError } from './failures.js';

/** Another process serves this data directory. */
export class DataDirectoryLocked extends Error {
  override readonly name = 'DataDirectoryLocked';
  constructor(readonly dataDir: string) {
    super(`data directory ${dataDir} is in use by another embedded MongoDB`);
  }
}

/**
 * Holds the data directory for this process: an exclusive SQLite transaction that is never committed. The operating
 * system frees it with the process, so a kill leaves no stale lock behind. Throws DataDirectoryLocked.
 */
export function lockDataDirectory(dataDir: string): { release(): void } {
  const lock = new DatabaseSync(join(dataDir, 'server.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw isBusy(error) ? new DataDirectoryLocked(dataDir) : error;
  }
  return {
    release: () => {
      lock.close();
    },
  };
}

const SQLITE_BUSY = 5;

const isBusy = (error: unknown): boolean => isSqliteError(error) && (error.errcode & 0xff) === SQLITE_BUSY;
