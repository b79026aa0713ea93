import { randomUUID } from 'node:crypto';
import { SecondaryIndex } from '../indexes/secondary-index.js';
import { indexSpec } from '../indexes/index-spec.js';
import type { IndexSpec } from '../indexes/index-spec.js';
import { parseCollation } from '../collation/index.js';
import { CollationLabels } from '../indexes/collation-labels.js';
import { parseFilter } from '../matching/index.js';
import { decodeDocument, encodeDocument } from '../values/index.js';
import type { Document } from '../values/index.js';
import { findDamagedPages, removePageSums } from './page-sums.js';
import type { Maintenance } from './maintenance.js';
import { plainContext } from './plain-context.js';
import { Collection } from './collection.js';
import { isolateDamage, refuseDamagedHeader } from './damage.js';
import { DatabaseFile } from './database-file.js';
import { DocumentCache } from './document-cache.js';
import { documentsTable, indexTable } from './schema.js';
import { viewOf } from './view.js';
import type { View } from './view.js';

/** In place of the multikey bits of an index whose build has not ended. */
const UNFINISHED = -1;
const REFILL_CHUNK = 1000;
const CACHE_BYTES = 64 * 1024 * 1024;

/** One database: its file, and what its file declares. Changes are to run inside `file.joinBatch()`. */
export class Database {
  readonly file: DatabaseFile;
  readonly cache = new DocumentCache(CACHE_BYTES);
  collections = new Map<string, Collection>();
  views = new Map<string, View>();
  private lastRid = 0;
  /** By index; they outlive a lost transaction, after which everything else is read again. */
  private readonly labels = new Map<number, CollationLabels>();

  constructor(
    readonly name: string,
    path: string,
    maintenance: Maintenance,
  ) {
    const damagedPages = findDamagedPages(path);
    refuseDamagedHeader(path, damagedPages);
    this.file = new DatabaseFile(path, maintenance, () => {
      this.load();
    });
    const emptied = damagedPages.length > 0 ? this.isolateDamage(damagedPages) : new Set<number>();
    removePageSums(path);
    this.dropUnfinishedIndexes();
    this.load();
    this.refill(emptied);
    this.relabel();
  }

  createCollection(name: string, options: Document): Collection {
    const { id, uuid } = this.declare(name, options);
    this.file.sqlite.exec(documentsTable(id));
    return this.remember(id, name, uuid, options);
  }

  /** Declares a view, whose options say on what and how; in place of one of that name. */
  putView(name: string, options: Document): void {
    this.dropView(name);
    const { id } = this.declare(name, options);
    this.rememberView(id, name, options);
  }

  dropView(name: string): void {
    const view = this.views.get(name);
    if (view === undefined) return;
    this.file.sqlite.prepare('DELETE FROM collections WHERE id = ?').run(view.id);
    this.views.delete(name);
  }

  dropCollection(collection: Collection): void {
    for (const index of collection.allIndexes) this.file.sqlite.exec(`DROP TABLE index_${index.id}`);
    this.file.sqlite.prepare('DELETE FROM indexes WHERE collection = ?').run(collection.id);
    this.file.sqlite.prepare('DELETE FROM collections WHERE id = ?').run(collection.id);
    this.file.sqlite.exec(`DROP TABLE docs_${collection.id}`);
    this.collections.delete(this.nameOf(collection));
    collection.dropped = true;
  }

  /** Gives a collection a name that is free. */
  renameCollection(collection: Collection, name: string): void {
    this.file.sqlite.prepare('UPDATE collections SET name = ? WHERE id = ?').run(name, collection.id);
    this.collections.delete(this.nameOf(collection));
    this.remember(collection.id, name, collection.uuid, collection.options);
    collection.dropped = true;
  }

  setOptions(collection: Collection, options: Document): void {
    this.file.sqlite
      .prepare('UPDATE collections SET options = ? WHERE id = ?')
      .run(encodeDocument(options), collection.id);
    collection.options = options;
  }

  /** Declares an index with an empty table, to be filled by `buildIndex` and finished; one that never was is dropped at the next start. */
  createIndex(collection: Collection, spec: IndexSpec): SecondaryIndex {
    const { lastInsertRowid } = this.file.sqlite
      .prepare('INSERT INTO indexes (collection, name, spec, multikey) VALUES (?, ?, ?, -1)')
      .run(collection.id, spec.name, encodeDocument(spec.document));
    const id = Number(lastInsertRowid);
    this.file.sqlite.exec(indexTable(id));
    const index = this.secondaryIndex(id, spec, UNFINISHED);
    collection.allIndexes.push(index);
    return index;
  }

  /** Gives a finished index another declaration of the same keys. */
  replaceSpec(collection: Collection, index: SecondaryIndex, spec: IndexSpec): void {
    this.file.sqlite.prepare('UPDATE indexes SET spec = ? WHERE id = ?').run(encodeDocument(spec.document), index.id);
    const next = this.secondaryIndex(index.id, spec, index.multikey, index.watches);
    collection.allIndexes = collection.allIndexes.map((other) => (other === index ? next : other));
  }

  dropIndex(collection: Collection, index: SecondaryIndex): void {
    this.file.sqlite.exec(`DROP TABLE index_${index.id}`);
    this.labels.delete(index.id);
    this.file.sqlite.prepare('DELETE FROM indexes WHERE id = ?').run(index.id);
    collection.allIndexes = collection.allIndexes.filter((other) => other !== index);
  }

  /** Commits and closes; open cursors over the collections end. */
  close(): void {
    for (const collection of this.collections.values()) collection.dropped = true;
    this.file.close();
  }

  private declare(name: string, options: Document): { readonly id: number; readonly uuid: Uint8Array } {
    const uuid = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
    const { lastInsertRowid } = this.file.sqlite
      .prepare('INSERT INTO collections (name, uuid, options) VALUES (?, ?, ?)')
      .run(name, uuid, encodeDocument(options));
    return { id: Number(lastInsertRowid), uuid };
  }

  private nameOf(collection: Collection): string {
    return collection.namespace.slice(this.name.length + 1);
  }

  private isolateDamage(pages: readonly number[]): ReadonlySet<number> {
    try {
      return isolateDamage(this.file.sqlite, this.file.path, pages);
    } catch (error) {
      this.file.abandon();
      throw error;
    }
  }

  /** The labels of a collation do not outlive the process: what was stored with older ones is stored anew. */
  private relabel(): void {
    for (const collection of this.collections.values()) {
      for (const index of collection.allIndexes.filter(({ labels }) => labels !== undefined)) {
        this.file.joinBatch();
        this.file.sqlite.exec(`DELETE FROM index_${index.id}`);
        this.fill(collection, index);
      }
    }
  }

  private fill(collection: Collection, index: SecondaryIndex): void {
    index.builtUpTo = 0;
    this.file.joinBatch();
    while (!collection.buildIndex(index, REFILL_CHUNK));
    index.finish();
    this.file.flush();
  }

  /** Fills the indexes that damage has emptied, from their documents. */
  private refill(emptied: ReadonlySet<number>): void {
    for (const collection of this.collections.values()) {
      for (const index of collection.allIndexes) {
        if (!emptied.has(index.id)) continue;
        console.error(`index ${index.spec.name} of ${collection.namespace} was damaged and is made anew`);
        this.fill(collection, index);
      }
    }
  }

  private dropUnfinishedIndexes(): void {
    for (const { id } of this.file.sqlite.prepare('SELECT id FROM indexes WHERE multikey = ?').all(UNFINISHED)) {
      this.file.sqlite.exec(
        `BEGIN; DROP TABLE index_${String(id)}; DELETE FROM indexes WHERE id = ${String(id)}; COMMIT`,
      );
    }
  }

  /** Reads everything declared in the file; also after a lost transaction, whose declarations never came to be. */
  private load(): void {
    for (const collection of this.collections.values()) collection.dropped = true;
    this.collections = new Map();
    this.views = new Map();
    this.cache.clear();
    const rows = this.file.sqlite.prepare('SELECT id, name, uuid, options FROM collections ORDER BY id').all();
    for (const row of rows) {
      const options = decodeDocument(row['options'] as Uint8Array);
      const id = Number(row['id']);
      const name = String(row['name']);
      if (!this.rememberView(id, name, options)) this.remember(id, name, row['uuid'] as Uint8Array, options);
    }
  }

  /** Answers whether the options are those of a view. */
  private rememberView(id: number, name: string, options: Document): boolean {
    const view = viewOf(id, options);
    if (view !== undefined) this.views.set(name, view);
    return view !== undefined;
  }

  private remember(id: number, name: string, uuid: Uint8Array, options: Document): Collection {
    const home = { sqlite: this.file.sqlite, cache: this.cache, nextRid: () => ++this.lastRid };
    const collection = new Collection(home, id, `${this.name}.${name}`, uuid, options);
    const indexes = this.file.sqlite.prepare('SELECT id, spec, multikey FROM indexes WHERE collection = ? ORDER BY id');
    for (const row of indexes.all(id)) {
      const spec = indexSpec(decodeDocument(row['spec'] as Uint8Array));
      collection.allIndexes.push(this.secondaryIndex(Number(row['id']), spec, Number(row['multikey'])));
    }
    const last = this.file.sqlite.prepare(`SELECT max(rid) AS rid FROM docs_${id}`).get()?.['rid'];
    this.lastRid = Math.max(this.lastRid, Number(last ?? 0));
    this.collections.set(name, collection);
    return collection;
  }

  private labelsOf(id: number, spec: IndexSpec): CollationLabels | undefined {
    const collation = spec.collation && parseCollation(spec.collation);
    if (collation === undefined) return undefined;
    const known = this.labels.get(id) ?? new CollationLabels(collation);
    this.labels.set(id, known);
    return known;
  }

  /** `watches` are the scans that are open over the index already. */
  private secondaryIndex(
    id: number,
    spec: IndexSpec,
    multikey: number,
    watches?: SecondaryIndex['watches'],
  ): SecondaryIndex {
    const partial = spec.partialFilter && parseFilter(spec.partialFilter, plainContext());
    return multikey === UNFINISHED
      ? new SecondaryIndex(this.file.sqlite, id, spec, 0, 0, partial, this.labelsOf(id, spec))
      : new SecondaryIndex(this.file.sqlite, id, spec, multikey, Infinity, partial, this.labelsOf(id, spec), watches);
  }
}
