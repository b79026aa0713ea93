import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Notes the positions that a scavenge has removed, so that their absence can be told from damage. */
export class ScavengedPositions {
  readonly #endingAt: StatementSync;
  readonly #remove: StatementSync;
  readonly #insert: StatementSync;

  constructor(db: DatabaseSync) {
    this.#endingAt = db.prepare('SELECT first, last FROM scavenged WHERE first <= ? ORDER BY first DESC LIMIT 1');
    this.#remove = db.prepare('DELETE FROM scavenged WHERE first = ? RETURNING last');
    this.#insert = db.prepare('INSERT INTO scavenged VALUES (?, ?)');
  }

  /** Neighbouring ranges become one: a log of which little is left is to have few of them. */
  add(positions: readonly number[]): void {
    const sorted = positions.toSorted((a, b) => a - b);
    for (let start = 0; start < sorted.length;) {
      let end = start;
      while (sorted[end + 1] === (sorted[end] ?? 0) + 1) end++;
      this.#addRange(sorted[start] ?? 0, sorted[end] ?? 0);
      start = end + 1;
    }
  }

  #addRange(first: number, last: number): void {
    const before = this.#endingAt.get(first);
    const joins = before?.['last'] === first - 1;
    const from = joins ? Number(before['first']) : first;
    if (joins) this.#remove.run(from);
    const after = this.#remove.get(last + 1);
    this.#insert.run(from, after ? Number(after['last']) : last);
  }
}
