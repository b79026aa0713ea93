import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { parentPort } from 'node:worker_threads';
import type { MaintenanceTask } from './maintenance.js';

// A thread of its own: moving the log into a large file, or rewriting the file, would keep all clients waiting.
parentPort?.on('message', ({ number, kind, path }: MaintenanceTask) => {
  let failure: string | undefined;
  try {
    perform(kind, path);
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
  parentPort?.postMessage({ number, failure });
});

/** The connection lives for one task only: the last one to close must be the server's, which then empties the log. */
function perform(kind: MaintenanceTask['kind'], path: string): void {
  // Opening would make a database that was dropped meanwhile anew.
  if (!existsSync(path)) return;
  const sqlite = new DatabaseSync(path, { timeout: 5000 });
  try {
    sqlite.exec('PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;');
    if (kind === 'checkpoint') sqlite.exec('PRAGMA wal_checkpoint(PASSIVE)');
    else sqlite.exec('PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    sqlite.close();
  }
}
