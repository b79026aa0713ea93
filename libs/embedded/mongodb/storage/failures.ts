import { MongoError } from '../values/errors.js';

const SQLITE_FULL = 13;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;
const UNKNOWN_ERROR = 8;
const OUT_OF_DISK_SPACE = 14031;

/** An error of SQLite, known by its code: its class may be that of another realm than ours. */
export function isSqliteError(error: unknown): error is { readonly errcode: number; readonly message: string } {
  return typeof error === 'object' && error !== null && 'errcode' in error && typeof error.errcode === 'number';
}

const SQLITE_CONSTRAINT_UNIQUE = 2067;

/** A row was refused because another one has the same unique column; the transaction goes on without it. */
export const isUniqueViolation = (error: unknown): boolean =>
  isSqliteError(error) && error.errcode === SQLITE_CONSTRAINT_UNIQUE;

const hasCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

/** What SQLite reports is for clients a full disk, damage named with its file, or the error itself (a fault of ours). */
export function storageFailure(error: unknown, file: string): unknown {
  // Numbers beyond what is ever stored come from a damaged row; they fail before its checksum can be looked at.
  if (hasCode(error, 'ERR_OUT_OF_RANGE')) return new MongoError(UNKNOWN_ERROR, `a record in ${file} is damaged`);
  if (!isSqliteError(error)) return error;
  const primary = error.errcode & 0xff;
  if (primary === SQLITE_FULL) return new MongoError(OUT_OF_DISK_SPACE, `no space left for ${file}`);
  if (primary === SQLITE_CORRUPT || primary === SQLITE_NOTADB) {
    return new MongoError(UNKNOWN_ERROR, `database file ${file} is damaged: ${error.message}`);
  }
  return new MongoError(UNKNOWN_ERROR, `database file ${file}: ${error.message}`);
}

/** A stored document whose bytes do not have the checksum they were stored with. */
export function damagedRecord(namespace: string, rid: number): MongoError {
  return new MongoError(UNKNOWN_ERROR, `record ${rid} of ${namespace} is damaged: its checksum does not match`);
}
