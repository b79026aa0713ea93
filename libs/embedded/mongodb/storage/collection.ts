import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { idIndexSpec } from '../indexes/id-index-spec.js';
import { KeyTable } from '../indexes/key-table.js';
import { NO_KEYS } from '../indexes/secondary-index.js';
import type { EncodedKeys, ScannableIndex, SecondaryIndex } from '../indexes/secondary-index.js';
import { Document, encodeDocument, keyString } from '../values/index.js';
import type { Value } from '../values/index.js';
import { DocumentCache } from './document-cache.js';
import type { Stored } from './document-cache.js';
import { capOf } from './cap.js';
import type { Cap } from './cap.js';
import { DuplicateKey } from './duplicate-key.js';
import { ArrayStatement } from './array-rows.js';
import { damagedRecord, isUniqueViolation } from './failures.js';
import { validatorOf } from './validation.js';
import type { Validator } from './validation.js';

/** What a collection needs from the database it lives in. */
export interface Home {
  readonly sqlite: DatabaseSync;
  readonly cache: DocumentCache;
  /** A number that no document of the database has ever had. */
  nextRid(): number;
}

type Row = [rid: number, bson: Uint8Array, crc: number];

/** The documents of one collection and their keys. Every change is to run inside the database's shared transaction. */
export class Collection {
  /** Those being built included. */
  allIndexes: SecondaryIndex[] = [];
  /** The index on `_id`, which every collection has. */
  readonly idIndex: ScannableIndex;
  /** Set when the collection was dropped or replaced: cursors over it end. */
  dropped = false;
  private readonly waiting = new Set<() => void>();
  private counted: number | undefined;
  private validator: Validator | undefined;
  private cap: Cap | undefined;

  private readonly insertRow: StatementSync;
  private readonly updateRow: StatementSync;
  private readonly deleteRow: StatementSync;
  private readonly rowById: ArrayStatement<Row>;
  private readonly rowByRid: ArrayStatement<Row>;
  private readonly forwards: ArrayStatement<Row>;
  private readonly backwards: ArrayStatement<Row>;

  constructor(
    private readonly home: Home,
    readonly id: number,
    public namespace: string,
    readonly uuid: Uint8Array,
    private declared: Document,
  ) {
    this.validator = validatorOf(declared);
    this.cap = capOf(declared);
    const table = `docs_${id}`;
    this.idIndex = {
      spec: idIndexSpec(declared),
      multikey: 0,
      partialFilter: undefined,
      labels: undefined,
      watches: new Set(),
      table: new KeyTable(home.sqlite, table, 'id'),
    };
    this.insertRow = home.sqlite.prepare(`INSERT INTO ${table} (rid, id, bson, crc) VALUES (?, ?, ?, ?)`);
    this.updateRow = home.sqlite.prepare(`UPDATE ${table} SET bson = ?, crc = ? WHERE rid = ?`);
    this.deleteRow = home.sqlite.prepare(`DELETE FROM ${table} WHERE rid = ?`);
    this.rowById = new ArrayStatement(home.sqlite, `SELECT rid, bson, crc FROM ${table} WHERE id = ?`);
    this.rowByRid = new ArrayStatement(home.sqlite, `SELECT rid, bson, crc FROM ${table} WHERE rid = ?`);
    this.forwards = new ArrayStatement(
      home.sqlite,
      `SELECT rid, bson, crc FROM ${table} WHERE rid > ? ORDER BY rid LIMIT ?`,
    );
    this.backwards = new ArrayStatement(
      home.sqlite,
      `SELECT rid, bson, crc FROM ${table} WHERE rid < ? ORDER BY rid DESC LIMIT ?`,
    );
  }

  /** The finished indexes besides the one on `_id`. */
  get indexes(): readonly SecondaryIndex[] {
    return this.allIndexes.filter((index) => index.builtUpTo === Infinity);
  }

  /** Adds the next `limit` documents, in insertion order, to an index that is being built. Answers whether that were the last. Throws DuplicateKey, 171. */
  buildIndex(index: SecondaryIndex, limit: number): boolean {
    const chunk = this.scan(index.builtUpTo, limit, 1);
    for (const { rid, document } of chunk) {
      index.builtUpTo = rid;
      const { keys, multikey } = index.keysOf(document, rid);
      const taken = index.spec.refusesDuplicates ? index.takenKey(keys, rid) : undefined;
      if (taken !== undefined) throw this.duplicateKey(index, document, taken);
      index.add(keys, rid, multikey);
    }
    return chunk.length < limit;
  }

  /** Throws ValidationFailure when the collection's options refuse the document. */
  validate(next: Document, before: Document | undefined): void {
    this.validator?.(next, before);
  }

  /** Its natural order is that of `_id` instead of that of insertion. */
  get clustered(): boolean {
    return this.declared.has('clusteredIndex');
  }

  get options(): Document {
    return this.declared;
  }

  set options(options: Document) {
    this.declared = options;
    this.validator = validatorOf(options);
    this.cap = capOf(options);
  }

  /** Stores a document that has an `_id`. Throws DuplicateKey, or 171 for parallel arrays, and then has changed nothing. */
  insert(document: Document): Stored {
    const rid = this.home.nextRid();
    const id = document.get('_id') ?? null;
    const idKey = keyString([id]);
    // MongoDB names the index on _id first when both it and another one refuse.
    if (this.hasUnique && this.rowById.get(idKey) !== undefined) throw this.duplicateId(id);
    const keys = this.allIndexes.map((index) => index.keysOf(document, rid));
    this.refuseTaken(document, keys, rid);
    const bytes = document.bytes ?? encodeDocument(document);
    this.insertNew(rid, id, idKey, bytes);
    this.allIndexes.forEach((index, position) => {
      const { keys: added, multikey } = keys[position] ?? NO_KEYS;
      index.add(added, rid, multikey);
    });
    if (this.counted !== undefined) this.counted++;
    this.cap?.added(bytes.length);
    for (const wake of this.waiting) wake();
    return { rid, document };
  }

  /** Resolves at the next insert, after `ms`, or when the signal fires. */
  async nextInsert(ms: number, closed: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        closed.removeEventListener('abort', wake);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      closed.addEventListener('abort', wake);
      this.waiting.add(wake);
    });
  }

  /** Puts `next`, which has the same `_id`, in the place of a stored document. Throws as `insert` does. */
  replace(stored: Stored, next: Document): void {
    const { rid } = stored;
    const keys = this.allIndexes.map((index) => index.keysOf(next, rid));
    this.refuseTaken(next, keys, rid);
    const bytes = next.bytes ?? encodeDocument(next);
    this.updateRow.run(bytes, crc32(bytes), rid);
    this.cap?.added(bytes.length - (stored.document.bytes?.length ?? bytes.length));
    this.home.cache.set(rid, Document.over(bytes), bytes.length);
    this.allIndexes.forEach((index, position) => {
      const before = index.keysOf(stored.document, rid).keys;
      const { keys: after, multikey } = keys[position] ?? NO_KEYS;
      index.move(rid, without(before, after), without(after, before), multikey);
    });
  }

  remove(stored: Stored): void {
    this.announceChange();
    this.deleteRow.run(stored.rid);
    this.home.cache.delete(stored.rid);
    for (const index of this.allIndexes) index.remove(index.keysOf(stored.document, stored.rid).keys, stored.rid);
    if (this.counted !== undefined) this.counted--;
  }

  /** Bytes of all documents. */
  dataSize(): number {
    return Number(this.home.sqlite.prepare(`SELECT total(length(bson)) AS n FROM docs_${this.id}`).get()?.['n']);
  }

  /** Removes the oldest documents of a capped collection until it is within its bounds again. */
  trim(): void {
    while (this.cap?.isOver(this.count(), () => this.dataSize()) === true) {
      const [oldest] = this.scan(0, 1, 1);
      if (oldest === undefined) return;
      this.remove(oldest);
      this.cap.removed(oldest.document.bytes?.length ?? 0);
    }
  }

  /** How many documents there are; counted once, then kept. */
  count(): number {
    return (this.counted ??= Number(
      this.home.sqlite.prepare(`SELECT count(*) AS n FROM docs_${this.id}`).get()?.['n'],
    ));
  }

  /** The document whose `_id` equals `id` in value, whatever its numeric type. */
  byId(id: Value): Stored | undefined {
    const idKey = keyString([id]);
    const key = DocumentCache.keyOf(this.id, idKey);
    return this.home.cache.getByKey(key) ?? this.read(this.rowById.get(idKey), key);
  }

  byRid(rid: number): Stored | undefined {
    return this.home.cache.get(rid) ?? this.read(this.rowByRid.get(rid), undefined);
  }

  /** Up to `limit` documents after `rid` in insertion order (before it, backwards). Not cached: a scan would wash out the hot ones. */
  scan(rid: number, limit: number, direction: 1 | -1): Stored[] {
    const statement = direction === 1 ? this.forwards : this.backwards;
    return statement.all(rid, limit).map((row) => this.decode(row));
  }

  /** Like `scan`, for checking: records that are damaged are reported in `errors` instead of failing. */
  checkedScan(rid: number, limit: number, errors: string[]): { documents: Stored[]; last: number | undefined } {
    const rows = this.forwards.all(rid, limit);
    const documents: Stored[] = [];
    for (const row of rows) {
      if (isIntact(row[1], row[2])) documents.push(this.decode(row));
      else errors.push(damagedRecord(this.namespace, row[0]).message);
    }
    return { documents, last: rows.at(-1)?.[0] };
  }

  private read(row: Row | undefined, key: string | undefined): Stored | undefined {
    if (row === undefined) return undefined;
    const stored = this.home.cache.get(row[0]) ?? this.decode(row);
    this.home.cache.set(stored.rid, stored.document, row[1].length, key);
    return stored;
  }

  private decode([rid, bson, crc]: Row): Stored {
    if (!isIntact(bson, crc)) throw damagedRecord(this.namespace, rid);
    return { rid, document: Document.over(Buffer.from(bson.buffer, bson.byteOffset, bson.length)) };
  }

  private refuseTaken(document: Document, keys: readonly EncodedKeys[], rid: number): void {
    this.allIndexes.forEach((index, position) => {
      if (!index.spec.refusesDuplicates) return;
      const taken = index.takenKey(keys[position]?.keys ?? [], rid);
      if (taken !== undefined) throw this.duplicateKey(index, document, taken);
    });
  }

  private get hasUnique(): boolean {
    return this.allIndexes.some((index) => index.spec.refusesDuplicates);
  }

  /** Leaves it to SQLite to find that the `_id` is there already: looking first would cost every insert a search. */
  private insertNew(rid: number, id: Value, idKey: Buffer, bytes: Buffer): void {
    this.announceChange();
    try {
      this.insertRow.run(rid, idKey, bytes, crc32(bytes));
    } catch (error) {
      throw isUniqueViolation(error) ? this.duplicateId(id) : error;
    }
  }

  /** Tells the scans over `_id`; those over other indexes are told by them. */
  private announceChange(): void {
    for (const watch of this.idIndex.watches) watch.beforeChange();
  }

  private duplicateId(id: Value): DuplicateKey {
    const { spec } = this.idIndex;
    return new DuplicateKey(this.namespace, spec.name, spec.keyPattern, new Document([['_id', id]]));
  }

  private duplicateKey(index: SecondaryIndex, document: Document, key: Buffer): DuplicateKey {
    const values = index.valuesBehind(document, key);
    const fields = index.spec.key.map((field, position) => [field.path, values[position] ?? null] as const);
    return new DuplicateKey(this.namespace, index.spec.name, index.spec.keyPattern, new Document(fields));
  }
}

/** A flipped byte may also have changed the type of a column. */
const isIntact = (bson: unknown, crc: unknown): boolean => bson instanceof Uint8Array && crc32(bson) === crc;

const without = (keys: readonly Buffer[], others: readonly Buffer[]): Buffer[] =>
  keys.filter((key) => !others.some((other) => other.equals(key)));
