import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnavailable } from '#event-sourcing';
import type { KeyStore } from '#event-sourcing';
import { checkedStoreKey, storeKeyBytes, storeKeyName } from './store-key.js';

const busyTimeout = 5_000;

/** Keys in a file that only its owner reads; several processes of one machine may have it open. */
export async function openSqliteKeyStore(file: string): Promise<KeyStore> {
  const database = await answering(() => openDatabase(file));
  return {
    storeKey: () =>
      answering(() => {
        const insert = database.prepare('INSERT INTO keys (name, key) VALUES (?, ?) ON CONFLICT DO NOTHING');
        insert.run(storeKeyName, randomBytes(storeKeyBytes));
        const row = database.prepare('SELECT key FROM keys WHERE name = ?').get(storeKeyName);
        return checkedStoreKey(row?.['key'] instanceof Uint8Array ? row['key'] : undefined);
      }),
    close: () =>
      answering(() => {
        database.close();
      }),
  };
}

function openDatabase(file: string): DatabaseSync {
  const directory = dirname(file);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // Made before SQLite does, which would let everybody read it; its journals take over the mode of the file.
  closeSync(openSync(file, 'a', 0o600));
  const database = new DatabaseSync(file, { timeout: busyTimeout });
  // Deleted keys are overwritten, and a key is on disk before anything that needs it is written elsewhere.
  database.exec('PRAGMA secure_delete = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec('CREATE TABLE IF NOT EXISTS keys (name TEXT PRIMARY KEY, key BLOB NOT NULL) STRICT');
  const handle = openSync(directory, 'r');
  fsyncSync(handle);
  closeSync(handle);
  return database;
}

/** SQLite's own errors (busy, full, not a database) as the fault of the port. */
async function answering<T>(work: () => T): Promise<T> {
  try {
    // Awaited, so that what is thrown becomes a rejection like any other port's.
    return await Promise.resolve(work());
  } catch (error) {
    const ofSqlite =
      typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SQLITE_ERROR';
    throw ofSqlite ? new StoreUnavailable('key-store', 'the file does not answer', { cause: error }) : error;
  }
}
