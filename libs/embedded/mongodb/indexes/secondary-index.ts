import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { matches } from '../matching/index.js';
import type { MatchExpression } from '../matching/index.js';
import { keyTuples } from '../paths/index.js';
import { keyString, MongoError } from '../values/index.js';
import type { Document, Value } from '../values/index.js';
import { ArrayStatement } from '../storage/array-rows.js';
import type { CollationLabels } from './collation-labels.js';
import type { IndexSpec } from './index-spec.js';
import { KeyTable } from './key-table.js';
import type { ScanWatch } from './scan-watch.js';

/** A document's keys in one index, encoded; none when a sparse or partial index leaves the document out. */
export interface EncodedKeys {
  readonly keys: readonly Buffer[];
  readonly multikey: number;
}

/** What a document outside of a sparse or partial index has there. */
export const NO_KEYS: EncodedKeys = { keys: [], multikey: 0 };

/** What the planner scans: a secondary index, or the one on `_id`. */
export interface ScannableIndex {
  readonly spec: IndexSpec;
  /** Bit i is set when field i may hold elements of arrays. */
  readonly multikey: number;
  /** Only documents that meet it are in the index; undefined when all are. */
  readonly partialFilter: MatchExpression | undefined;
  readonly table: KeyTable;
  /** What stands for texts in its keys; undefined for their own bytes. */
  readonly labels: CollationLabels | undefined;
  /** The scans that are open over it. */
  readonly watches: Set<ScanWatch>;
}

/** One secondary index: its declaration, its table, and whether arrays are in it. */
export class SecondaryIndex implements ScannableIndex {
  readonly table: KeyTable;
  private readonly paths: readonly (readonly string[])[];
  private readonly directions: readonly (1 | -1)[];
  private readonly insertKey: StatementSync;
  private readonly deleteKey: StatementSync;
  private readonly findKey: StatementSync;
  private readonly heldKey: StatementSync;
  private readonly storeMultikey: StatementSync;

  constructor(
    private readonly sqlite: DatabaseSync,
    readonly id: number,
    readonly spec: IndexSpec,
    private multikeyFields: number,
    /** The highest document number that is in the index yet; Infinity once it is built. */
    public builtUpTo: number,
    readonly partialFilter: MatchExpression | undefined,
    /** What stands for texts in the keys of an index with a collation; undefined for their own bytes. */
    readonly labels: CollationLabels | undefined,
    readonly watches: Set<ScanWatch> = new Set<ScanWatch>(),
  ) {
    this.table = new KeyTable(sqlite, `index_${id}`, 'k');
    this.paths = spec.key.map((field) => field.parts);
    this.directions = spec.key.map((field) => field.direction);
    this.insertKey = sqlite.prepare(`INSERT OR IGNORE INTO index_${id} (k, rid) VALUES (?, ?)`);
    this.deleteKey = sqlite.prepare(`DELETE FROM index_${id} WHERE k = ? AND rid = ?`);
    this.heldKey = sqlite.prepare(`SELECT 1 FROM index_${id} WHERE k = ? AND rid = ?`);
    this.findKey = sqlite.prepare(`SELECT rid FROM index_${id} WHERE k = ? AND rid <> ? LIMIT 1`);
    this.storeMultikey = sqlite.prepare(`UPDATE indexes SET multikey = ? WHERE id = ${id}`);
  }

  /** Bit i is set once any document had an array at field i; bits are never cleared, as in MongoDB. */
  get multikey(): number {
    return this.multikeyFields;
  }

  /** The keys under which a document stands in this index; none while its build has not come to it. Throws 171 for parallel arrays. */
  keysOf(document: Document, rid: number): EncodedKeys {
    if (rid > this.builtUpTo) return NO_KEYS;
    if (this.partialFilter !== undefined && !matches(this.partialFilter, document)) return NO_KEYS;
    const { tuples, multikey } = keyTuples(document, this.paths, parallelArrays);
    const kept = this.spec.sparse ? tuples.filter((tuple) => tuple.some((value) => value !== undefined)) : tuples;
    const keys = kept.map((tuple) => this.encode(tuple));
    return { keys: keys.length > 1 ? withoutRepeats(keys) : keys, multikey };
  }

  encode(tuple: readonly (Value | undefined)[]): Buffer {
    return keyString(tuple, this.directions, this.labels?.assign);
  }

  /** The first of the keys that another document than `rid` holds already. */
  takenKey(keys: readonly Buffer[], rid: number): Buffer | undefined {
    return keys.find((key) => this.findKey.get(key, rid) !== undefined);
  }

  /** Whether a key of a document is there. */
  holds(key: Buffer, rid: number): boolean {
    return this.heldKey.get(key, rid) !== undefined;
  }

  add(keys: readonly Buffer[], rid: number, multikey: number): void {
    if (keys.length > 0) this.announceChange();
    for (const key of keys) this.insertKey.run(key, rid);
    if ((multikey & ~this.multikeyFields) === 0) return;
    this.multikeyFields |= multikey;
    if (this.builtUpTo === Infinity) this.storeMultikey.run(this.multikeyFields);
  }

  /** The index holds every document now, and may be used. */
  finish(): void {
    this.builtUpTo = Infinity;
    this.storeMultikey.run(this.multikeyFields);
  }

  remove(keys: readonly Buffer[], rid: number): void {
    if (keys.length > 0) this.announceChange();
    for (const key of keys) this.deleteKey.run(key, rid);
  }

  /** Replaces some keys of a document by others. */
  move(rid: number, removed: readonly Buffer[], added: readonly Buffer[], multikey: number): void {
    this.remove(removed, rid);
    this.add(added, rid, multikey);
    for (const watch of this.watches) watch.moved(rid, removed, added);
  }

  private announceChange(): void {
    for (const watch of this.watches) watch.beforeChange();
  }

  /** The numbers of the documents that share a key, key by key, up to `most` keys. */
  sharedKeys(most: number): number[][] {
    const shared = new ArrayStatement<[Uint8Array]>(
      this.sqlite,
      `SELECT k FROM index_${this.id} GROUP BY k HAVING count(*) > 1 ORDER BY k LIMIT ?`,
    );
    const holders = new ArrayStatement<[number]>(
      this.sqlite,
      `SELECT rid FROM index_${this.id} WHERE k = ? ORDER BY rid`,
    );
    return shared.all(most).map(([key]) => holders.all(key).map(([rid]) => rid));
  }

  /** The values of a document that stand behind one of its keys, for messages about that key. */
  valuesBehind(document: Document, key: Buffer): readonly (Value | undefined)[] {
    const { tuples } = keyTuples(document, this.paths, parallelArrays);
    return tuples.find((tuple) => this.encode(tuple).equals(key)) ?? [];
  }
}

function withoutRepeats(keys: readonly Buffer[]): Buffer[] {
  const sorted = keys.toSorted((a, b) => a.compare(b));
  return sorted.filter((key, position) => position === 0 || !key.equals(sorted[position - 1] ?? key));
}

const parallelArrays = (first: string, second: string): MongoError =>
  new MongoError(171, `cannot index parallel arrays [${first}] [${second}]`);
