import { fdatasyncSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { MOST_PAGES, wipeGaps } from './gaps.js';

/** So many are wiped in some milliseconds. */
const PAGES_A_STEP = 2_000;

/** A database file in WAL mode, with `secure_delete`. */
export interface WipedFile {
  /** No transaction of it may be open while a step is taken. */
  readonly database: DatabaseSync;
  readonly path: string;
  /** For reading and writing; to be closed after the connection, because closing it drops SQLite's locks on the file. */
  readonly fd: number;
  /** Moves the write-ahead log into the file and cuts it to nothing; false when a reader is in the way. */
  readonly emptyLog: () => boolean;
}

/**
 * Leaves no byte of anything that was deleted before, in the file or its log. Others may read and write between the
 * steps, also from other processes. Each step tells whether it could be taken; when somebody was in the way the next one
 * is the same again. Throws what SQLite throws, and `RangeError` for a file of 128 GB or more.
 */
export function* wipeSteps(file: WipedFile): Generator<boolean, void> {
  const pages = Number(file.database.prepare('PRAGMA page_count').get()?.['page_count']);
  if (pages >= MOST_PAGES) throw new RangeError(`${file.path} is too large to be wiped`);
  for (let from = 0; from < pages;) {
    const isTaken = wipePages(file, from);
    if (isTaken) from += PAGES_A_STEP;
    yield isTaken;
  }
  fdatasyncSync(file.fd);
}

function wipePages({ database, path, fd, emptyLog }: WipedFile, from: number): boolean {
  if (!emptyLog()) return false;
  database.exec('BEGIN IMMEDIATE');
  try {
    // From here on nobody else writes. What another process has written just now lies in the log.
    if (statSync(`${path}-wal`).size > 0) return false;
    wipeGaps(fd, from, PAGES_A_STEP);
    // After a commit everybody else reads anew what they have in memory, this connection with what follows. It writes the
    // first page as it was in memory: there are definitions of tables, no rows of anybody.
    const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
    database.exec(`PRAGMA user_version = ${Number(version)}`);
    return true;
  } finally {
    database.exec('COMMIT; PRAGMA shrink_memory');
  }
}
