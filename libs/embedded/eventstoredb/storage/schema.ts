import type { DatabaseSync } from 'node:sqlite';
import { DamagedStoreError } from './damage.js';

/** Written to `user_version`; a file with another number is refused, never guessed at. */
const FORMAT = 1;
const APPLICATION_ID = 0x45534442;

/**
 * - `streams`: one row per stream name that was ever written to, or that ever had metadata.
 * - `events`: one row per event in `$all` order. The payload comes last, so that filters on stream and type
 *   read the front of a row and never its overflow pages.
 * - `scavenged`: the position ranges a scavenge has removed. Any other hole in `$all` is damage.
 * - `counters`: the next position, so that no position is used twice whatever a scavenge removes.
 */
const TABLES = [
  `CREATE TABLE streams(sid INTEGER PRIMARY KEY, name BLOB NOT NULL, first_revision INTEGER NOT NULL, last_revision INTEGER NOT NULL, tombstoned INTEGER NOT NULL, metadata TEXT NOT NULL, crc INTEGER NOT NULL) STRICT`,
  `CREATE UNIQUE INDEX streams_by_name ON streams(name)`,
  `CREATE TABLE events(position INTEGER PRIMARY KEY, sid INTEGER NOT NULL, revision INTEGER NOT NULL, flags INTEGER NOT NULL, created INTEGER NOT NULL, crc INTEGER NOT NULL, id BLOB NOT NULL, type BLOB NOT NULL, metadata BLOB NOT NULL, data BLOB NOT NULL) STRICT`,
  `CREATE UNIQUE INDEX events_by_stream ON events(sid, revision)`,
  `CREATE TABLE scavenged(first INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT`,
  `CREATE TABLE counters(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
];

/** Makes the tables of a new database file. Must run before the journal mode is set: the page size is fixed then. */
export function createSchema(db: DatabaseSync): void {
  db.exec(
    `BEGIN IMMEDIATE; ${TABLES.join('; ')}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${FORMAT}; COMMIT`,
  );
}

/** True for a database file that has no table yet. */
export function isEmpty(db: DatabaseSync): boolean {
  return db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'] === 0;
}

/** Throws DamagedStoreError unless the file has exactly the tables this version writes. */
export function verifySchema(db: DatabaseSync): void {
  const format = db.prepare('PRAGMA user_version').get()?.['user_version'];
  const application = db.prepare('PRAGMA application_id').get()?.['application_id'];
  if (application !== APPLICATION_ID) throw new DamagedStoreError('the database file is not an event log');
  if (format !== FORMAT)
    throw new DamagedStoreError(`the event log has format ${String(format)}, this program reads format ${FORMAT}`);
  const found = db
    .prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid')
    .all()
    .map((row) => row['sql']);
  if (found.join('\n') !== TABLES.join('\n'))
    throw new DamagedStoreError('the tables of the event log are not the ones this program made');
}
