import type { DatabaseSync } from 'node:sqlite';
import { MongoError } from '../values/index.js';
import { indexTable } from './schema.js';

const UNKNOWN_ERROR = 8;

/**
 * Deals with pages that are not as they were written. An index is made anew from its documents: answers the numbers of
 * such indexes, emptied. Documents carry checksums of their own, so damage among them is left to their readers as long as
 * the table holds together. Throws 8, naming the table, when it does not, or when the declarations themselves are damaged.
 */
export function isolateDamage(sqlite: DatabaseSync, path: string, pages: readonly number[]): ReadonlySet<number> {
  const emptied = new Set<number>();
  for (const table of damagedTables(sqlite, path, pages)) {
    const index = /^index_(\d+)$/.exec(table)?.[1];
    const documents = /^(?:sqlite_autoindex_)?(docs_\d+)(?:_1)?$/.exec(table)?.[1];
    if (index !== undefined) {
      sqlite.exec(`BEGIN; DROP TABLE ${table}; ${indexTable(Number(index))}; COMMIT`);
      emptied.add(Number(index));
    } else if (documents !== undefined) {
      if (table !== documents) sqlite.exec(`REINDEX ${documents}`);
      const [found] = sqlite.prepare(`PRAGMA integrity_check(${documents})`).all();
      if (found?.['integrity_check'] !== 'ok') throw beyondRepair(path, table, String(found?.['integrity_check']));
    } else throw beyondRepair(path, table, `page ${pages.join(', ')}`);
  }
  return emptied;
}

/** Throws 8 when the first page is among the damaged: nothing in the file can be trusted then, its format number included. */
export function refuseDamagedHeader(path: string, pages: readonly number[]): void {
  if (pages.includes(1)) throw beyondRepair(path, 'its header', 'page 1');
}

/** The tables that the pages belong to; pages that belong to none are free, and their content means nothing. */
function damagedTables(sqlite: DatabaseSync, path: string, pages: readonly number[]): ReadonlySet<string> {
  const damaged = new Set(pages);
  const tables = new Set<string>();
  for (const row of sqlite.prepare('SELECT name, pageno FROM dbstat').iterate()) {
    if (damaged.has(Number(row['pageno']))) tables.add(String(row['name']));
  }
  return tables;
}

const beyondRepair = (path: string, table: string, detail: string): MongoError =>
  new MongoError(UNKNOWN_ERROR, `database file ${path} is damaged in ${table} (${detail})`);
