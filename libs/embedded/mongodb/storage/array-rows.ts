import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/**
 * A statement whose rows come as arrays, which cost less to hand over than objects with named columns. `Row` is what its
 * columns are declared to hold; a damaged file may hold anything, so that readers of documents check before they trust.
 */
export class ArrayStatement<Row extends readonly unknown[]> {
  private readonly statement: StatementSync;

  constructor(sqlite: DatabaseSync, sql: string) {
    this.statement = sqlite.prepare(sql);
    this.statement.setReturnArrays(true);
  }

  all(...parameters: SQLInputValue[]): Row[] {
    // The types of node:sqlite know rows as objects only.
    const rows: unknown = this.statement.all(...parameters);
    return rows as Row[];
  }

  get(...parameters: SQLInputValue[]): Row | undefined {
    const row: unknown = this.statement.get(...parameters);
    return row as Row | undefined;
  }
}
