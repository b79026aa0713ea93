import type { DatabaseSync } from 'node:sqlite';
import { ArrayStatement } from '../storage/array-rows.js';

/** A key and the document it belongs to. */
export type KeyRow = [key: Uint8Array, rid: number];

/** Where a scan stands: the last row it has seen. */
export interface ScanPosition {
  readonly key: Uint8Array;
  readonly rid: number;
}

interface NumberStatements {
  readonly numbers: ArrayStatement<[number]>;
  readonly position: ArrayStatement<KeyRow>;
}

/** Below every document's number: a position at a key, before its first row. */
const BEFORE_FIRST = -1;

/**
 * Ordered reading of a table of keys. Each read is a statement of its own that ends before anything else runs, so that a
 * scan may pause as long as it likes without holding a transaction.
 */
export class KeyTable {
  private readonly forwards: ArrayStatement<KeyRow>;
  private readonly backwards: ArrayStatement<KeyRow>;
  private readonly numbersForwards: NumberStatements;
  private readonly numbersBackwards: NumberStatements;
  private readonly counting: ArrayStatement<[number]>;
  private readonly nth: ArrayStatement<[Uint8Array]>;
  private readonly sizing: ArrayStatement<[number]>;

  constructor(sqlite: DatabaseSync, table: string, column: 'k' | 'id') {
    const up = `FROM ${table} WHERE (${column}, rid) > (?, ?) AND ${column} < ? ORDER BY ${column}, rid LIMIT`;
    const down = `FROM ${table} WHERE (${column}, rid) < (?, ?) AND ${column} >= ? ORDER BY ${column} DESC, rid DESC LIMIT`;
    this.forwards = new ArrayStatement(sqlite, `SELECT ${column}, rid ${up} ?`);
    this.backwards = new ArrayStatement(sqlite, `SELECT ${column}, rid ${down} ?`);
    this.numbersForwards = {
      numbers: new ArrayStatement(sqlite, `SELECT rid ${up} ?`),
      position: new ArrayStatement(sqlite, `SELECT ${column}, rid ${up} 1 OFFSET ?`),
    };
    this.numbersBackwards = {
      numbers: new ArrayStatement(sqlite, `SELECT rid ${down} ?`),
      position: new ArrayStatement(sqlite, `SELECT ${column}, rid ${down} 1 OFFSET ?`),
    };
    this.counting = new ArrayStatement(
      sqlite,
      `SELECT count(*) FROM (SELECT 1 FROM ${table} WHERE ${column} >= ? AND ${column} < ? LIMIT ?)`,
    );
    this.sizing = new ArrayStatement(sqlite, `SELECT total(length(${column})) FROM ${table}`);
    this.nth = new ArrayStatement(
      sqlite,
      `SELECT ${column} FROM ${table} WHERE ${column} >= ? AND ${column} < ? ORDER BY ${column} LIMIT 1 OFFSET ?`,
    );
  }

  /** Up to `limit` rows with keys from `low` (included) to `high` (excluded), after `from` in the direction of the scan. */
  read(low: Buffer, high: Buffer, from: ScanPosition | undefined, limit: number, direction: 1 | -1): KeyRow[] {
    const [key, rid, end] = bounds(low, high, from, direction);
    return (direction === 1 ? this.forwards : this.backwards).all(key, rid, end, limit);
  }

  /** The same without the keys, which cost more to hand over than all the rest. */
  readNumbers(low: Buffer, high: Buffer, from: ScanPosition | undefined, limit: number, direction: 1 | -1): number[] {
    const { numbers } = direction === 1 ? this.numbersForwards : this.numbersBackwards;
    const [key, rid, end] = bounds(low, high, from, direction);
    return numbers.all(key, rid, end, limit).map(([number]) => number);
  }

  /** Where the `count`th row of such a reading stands, as long as the table is unchanged. */
  positionOf(
    low: Buffer,
    high: Buffer,
    from: ScanPosition | undefined,
    count: number,
    direction: 1 | -1,
  ): ScanPosition | undefined {
    const { position } = direction === 1 ? this.numbersForwards : this.numbersBackwards;
    const [key, rid, end] = bounds(low, high, from, direction);
    const row = position.get(key, rid, end, count - 1);
    return row && { key: row[0], rid: row[1] };
  }

  /** How many keys there are in a range; stops counting at `limit`. */
  count(low: Buffer, high: Buffer, limit: number): number {
    return this.counting.get(low, high, limit)?.[0] ?? 0;
  }

  /** Counts about `limit` keys from `low` on, never parting equal keys; `next` is where to go on, undefined at the end. */
  countFrom(low: Buffer, high: Buffer, limit: number): { readonly rows: number; readonly next: Buffer | undefined } {
    const row = this.nth.get(low, high, limit);
    if (row === undefined) return { rows: this.count(low, high, limit + 1), next: undefined };
    // The first key after the equal ones: keys never begin one another, so one zero byte more is between them.
    const next = Buffer.concat([row[0], Buffer.of(0)]);
    return { rows: this.count(low, next, Number.MAX_SAFE_INTEGER), next };
  }

  /** Bytes of all keys. */
  size(): number {
    return this.sizing.get()?.[0] ?? 0;
  }
}

/** The position to read on from, and the key to stop at. */
const bounds = (
  low: Buffer,
  high: Buffer,
  from: ScanPosition | undefined,
  direction: 1 | -1,
): [Uint8Array, number, Buffer] => {
  const [start, end] = direction === 1 ? [low, high] : [high, low];
  return [from?.key ?? start, from?.rid ?? BEFORE_FIRST, end];
};
