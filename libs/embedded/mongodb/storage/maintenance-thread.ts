import { existsSync, fdatasyncSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { parentPort } from 'node:worker_threads';
import { MOST_PAGES, wipeGaps } from '../../sqlite/gaps.js';
import type { MaintenanceTask } from './maintenance.js';

// A thread of its own: moving the log into a large file, or going through the file, would keep all clients waiting.
parentPort?.on('message', (task: MaintenanceTask) => {
  let failure: string | undefined;
  try {
    perform(task);
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
  parentPort?.postMessage({ number: task.number, failure });
});

function perform({ kind, path, fd }: MaintenanceTask): void {
  // Opening would make a database that was dropped meanwhile anew.
  if (!existsSync(path)) return;
  if (kind === 'compact') compact(path, fd);
  else
    connected(path, (sqlite) => {
      sqlite.exec('PRAGMA wal_checkpoint(PASSIVE)');
    });
}

/** Rewriting the file takes many times as long as going through it: that is for a file that is empty for the most part. */
function compact(path: string, fd: number): void {
  const isRewritten = connected(path, (sqlite) => {
    emptyLog(sqlite);
    const pages = numberOf(sqlite, 'page_count');
    if (pages < MOST_PAGES && numberOf(sqlite, 'freelist_count') * 2 <= pages) return false;
    sqlite.exec('VACUUM');
    emptyLog(sqlite);
    return true;
  });
  if (isRewritten) return;
  wipeGaps(fd);
  fdatasyncSync(fd);
  connected(path, (sqlite) => {
    // After a commit of another connection the server reads its pages anew: those in its memory have their gaps still.
    sqlite.exec(`PRAGMA user_version = ${numberOf(sqlite, 'user_version')}`);
    emptyLog(sqlite);
  });
}

/** The connection lives for one step only: the last one to close must be the server's, which then empties the log. */
function connected<T>(path: string, step: (sqlite: DatabaseSync) => T): T {
  const sqlite = new DatabaseSync(path, { timeout: 5000 });
  try {
    sqlite.exec('PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;');
    return step(sqlite);
  } finally {
    sqlite.close();
  }
}

function emptyLog(sqlite: DatabaseSync): void {
  if (numberOf(sqlite, 'wal_checkpoint(TRUNCATE)') !== 0) throw new Error('the log is still being read');
}

/** The first column of what the pragma answers. */
function numberOf(sqlite: DatabaseSync, pragma: string): number {
  return Number(Object.values(sqlite.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
}
