import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { DamagedStoreError } from './damage.js';
import { isBusy } from './sqlite-errors.js';

const LOCK_FILE = 'lock.sqlite';

/** Another process, or another server of this one, works on the data directory. */
export class LockedDirectoryError extends Error {
  override readonly name = 'LockedDirectoryError';

  constructor(directory: string) {
    super(`the data directory ${directory} is in use by another process`);
  }
}

/**
 * Takes the data directory for this process; the answer gives it back.
 * An open exclusive transaction rather than a file with a process id: the operating system drops it when the
 * process dies, however it dies.
 */
export function lockDirectory(directory: string): () => void {
  const lock = new DatabaseSync(join(directory, LOCK_FILE), { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (isBusy(error)) throw new LockedDirectoryError(directory);
    throw new DamagedStoreError(`${LOCK_FILE} is damaged; nothing is kept in it, and it may be deleted`);
  }
  return () => {
    lock.close();
  };
}
