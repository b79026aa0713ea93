/** Written as `user_version` of every database file; raised when the tables below change shape. */
export const FORMAT = 1;
/** `application_id` of every database file ("ILdb"), so that no other SQLite file is taken for one of ours. */
export const APPLICATION_ID = 0x494c6462;

/**
 * What every database file holds besides one `docs_<id>` table per collection and one `index_<id>` table per secondary
 * index. Views stand among the collections; their options tell what they are views on, and they have no `docs` table.
 * `options` and `spec` are BSON; bit i of `multikey` is 1 once any document has put an array into field i of the index;
 * -1 marks an index whose build has not ended.
 */
export const SCHEMA = `
  CREATE TABLE collections (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, uuid BLOB NOT NULL, options BLOB NOT NULL
  );
  CREATE TABLE indexes (
    id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL, name TEXT NOT NULL, spec BLOB NOT NULL,
    multikey INTEGER NOT NULL, UNIQUE (collection, name)
  );
`;

/** `id` is the memcomparable key of `_id`; `crc` covers `bson` and is verified at every read. */
export function documentsTable(collectionId: number): string {
  return `CREATE TABLE docs_${collectionId} (
    rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, bson BLOB NOT NULL, crc INTEGER NOT NULL
  )`;
}

/** One row per key of a document: memcomparable bytes, so that SQLite's order of blobs is MongoDB's order of values. */
export function indexTable(indexId: number): string {
  return `CREATE TABLE index_${indexId} (k BLOB NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (k, rid)) WITHOUT ROWID`;
}
