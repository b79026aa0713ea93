import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { parentPort } from 'node:worker_threads';
import { MOST_PAGES, wipeSteps } from '../../sqlite/index.js';
import type { MaintenanceTask } from './maintenance.js';

const isRead = 'the log is still being read';

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
    connected(path, (database) => {
      database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    });
}

/** Rewriting the file takes many times as long as wiping it: that is for a file that is empty for the most part. */
function compact(path: string, fd: number): void {
  connected(path, (database) => {
    const emptyLog = (): boolean => numberOf(database, 'wal_checkpoint(TRUNCATE)') === 0;
    const pages = numberOf(database, 'page_count');
    if (pages >= MOST_PAGES || numberOf(database, 'freelist_count') * 2 > pages) {
      database.exec('VACUUM');
      if (!emptyLog()) throw new Error(isRead);
      return;
    }
    for (const isTaken of wipeSteps({ database, path, fd, emptyLog })) if (!isTaken) throw new Error(isRead);
  });
}

/** The connection lives for one task only: the last one to close must be the server's, which then empties the log. */
function connected(path: string, task: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(path, { timeout: 5000 });
  try {
    database.exec('PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;');
    task(database);
  } finally {
    database.close();
  }
}

/** The first column of what the pragma answers. */
function numberOf(database: DatabaseSync, pragma: string): number {
  return Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
}
