import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { wipeSteps } from '#embedded/sqlite';
import { DamagedData, StoreUnavailable } from '#event-sourcing';
import type { KeyRecord, KeyRecords } from './key-records.js';

const busyTimeout = 5_000;
const pageOfAll = 1_000;

/** Records in a file that only its owner reads; several processes of one machine may have it open. */
export async function openSqliteRecords(file: string): Promise<KeyRecords> {
  const database = await answering(() => openDatabase(file));
  const fd = openSync(file, 'r+');
  // Waits for the readers of other processes.
  const emptyLog = () => database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0;
  const found = 'SELECT name, master, wrapped, reason FROM secrets';

  return {
    find: (names) =>
      answering(() => {
        const rows = database.prepare(`${found} WHERE name IN (SELECT value FROM json_each(?))`);
        return rows.all(JSON.stringify(names)).map(recordOf);
      }),
    insert: (secrets) =>
      answering(() => {
        const insert = database.prepare(
          'INSERT INTO secrets (name, master, wrapped) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
        );
        database.exec('BEGIN IMMEDIATE');
        try {
          for (const { name, master, wrapped } of secrets) insert.run(name, master, wrapped);
          database.exec('COMMIT');
        } catch (error) {
          database.exec('ROLLBACK');
          throw error;
        }
      }),
    replace: (name, before, { master, wrapped }) =>
      answering(() => {
        const update = database.prepare('UPDATE secrets SET master = ?, wrapped = ? WHERE name = ? AND wrapped = ?');
        return update.run(master, wrapped, name, before).changes === 1;
      }),
    destroy: (name, reason) =>
      answering(() => {
        database
          .prepare(
            `INSERT INTO secrets (name, reason) VALUES (?, ?)
             ON CONFLICT DO UPDATE SET master = NULL, wrapped = NULL, reason = excluded.reason WHERE reason IS NULL`,
          )
          .run(name, reason);
      }),
    purge: () =>
      answering(async () => {
        let taken = performance.now();
        for (const isTaken of wipeSteps({ database, path: file, fd, emptyLog })) {
          if (isTaken) taken = performance.now();
          else if (performance.now() - taken > busyTimeout)
            throw new StoreUnavailable('key-store', 'the file is in use');
          await setImmediate();
        }
      }),
    async *all() {
      const page = database.prepare(`${found} WHERE name > ? ORDER BY name LIMIT ${pageOfAll}`);
      for (let last = ''; ;) {
        const records = await answering(() => page.all(last).map(recordOf));
        yield* records;
        const end = records.at(-1);
        if (!end) return;
        last = end.name;
      }
    },
    close: () =>
      answering(() => {
        database.close();
        closeSync(fd);
      }),
  };
}

function recordOf({ name, master, wrapped, reason }: Record<string, unknown>): KeyRecord {
  if (typeof name === 'string') {
    if (typeof reason === 'string') return { name, reason };
    if (typeof master === 'string' && wrapped instanceof Uint8Array) return { name, master, wrapped };
  }
  throw new DamagedData('a record of the key store');
}

function openDatabase(file: string): DatabaseSync {
  const directory = dirname(file);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // Made before SQLite does, which would let everybody read it; its journals take over the mode of the file.
  closeSync(openSync(file, 'a', 0o600));
  const database = new DatabaseSync(file, { timeout: busyTimeout });
  // What is deleted is overwritten, and a key is on disk before anything that needs it is written elsewhere.
  database.exec('PRAGMA secure_delete = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec(`CREATE TABLE IF NOT EXISTS secrets (
    name TEXT PRIMARY KEY, master TEXT, wrapped BLOB, reason TEXT,
    CHECK ((wrapped IS NULL) = (master IS NULL) AND (wrapped IS NULL) = (reason IS NOT NULL))
  ) STRICT`);
  const handle = openSync(directory, 'r');
  fsyncSync(handle);
  closeSync(handle);
  return database;
}

/** SQLite's own errors (busy, full, not a database) as the fault of the port. */
async function answering<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    // Awaited, so that what is thrown becomes a rejection like any other port's.
    return await Promise.resolve(work());
  } catch (error) {
    const ofSqlite =
      typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SQLITE_ERROR';
    throw ofSqlite ? new StoreUnavailable('key-store', 'the file does not answer', { cause: error }) : error;
  }
}
