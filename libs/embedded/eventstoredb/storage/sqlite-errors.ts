import { DamagedStoreError } from './damage.js';

const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;
const SQLITE_IOERR_SHORT_READ = 522;

/** Someone else holds the lock that was wanted. */
export function isBusy(error: unknown): boolean {
  return (codeOf(error) & 0xff) === SQLITE_BUSY;
}

/** SQLite's own words for a broken file as our error; others unchanged. */
export function asDamage(error: unknown): unknown {
  const code = codeOf(error);
  // The lowest byte tells the kind of an error, the rest its circumstances.
  const isDamage = [SQLITE_CORRUPT, SQLITE_NOTADB].includes(code & 0xff) || code === SQLITE_IOERR_SHORT_READ;
  return isDamage ? new DamagedStoreError(`the database file is damaged: ${(error as Error).message}`) : error;
}

function codeOf(error: unknown): number {
  return typeof error === 'object' && error !== null && 'errcode' in error ? Number(error.errcode) : 0;
}
