import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { asDamage } from './sqlite-errors.js';
import { DamagedStoreError } from './damage.js';
import type { StoredEvent } from './events.js';
import type { EventHeader, Row } from './rows.js';
import { EVENT_COLUMNS, STREAM_COLUMNS, decodeEvent, decodeHead, decodeHeader } from './rows.js';
import type { StreamHead } from './stream-head.js';

export type Direction = 'forwards' | 'backwards';

/** Both ends belong to the range; `from` is the lower one in either direction. */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly direction: Direction;
}

/** What one page may hold at most. At least one event is always given, however large. */
export interface PageLimit {
  readonly events: number;
  readonly bytes: number;
}

const KNOWN_NAMES = 10_000;

/**
 * Reads the log over one connection. Every row is verified, and so is that none is missing: revisions and positions
 * are consecutive but for what a scavenge has noted as removed. Throws DamagedStoreError otherwise.
 */
export class EventReader {
  readonly #db: DatabaseSync;
  readonly #names = new Map<number, string>();
  readonly #statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Runs several reads on one state of the log, so that a commit in between cannot make them disagree. */
  snapshot<T>(read: () => T): T {
    if (this.#db.isTransaction) return read();
    this.#db.exec('BEGIN');
    try {
      return read();
    } catch (error) {
      throw asDamage(error);
    } finally {
      this.#db.exec('COMMIT');
    }
  }

  head(stream: string): StreamHead | undefined {
    const row = this.#get(`SELECT ${STREAM_COLUMNS} FROM streams WHERE name = ?`, Buffer.from(stream));
    return row && decodeHead(row);
  }

  /** 0 when the log is empty. */
  lastPosition(): number {
    const row = this.#get('SELECT max(position) AS position FROM events');
    return typeof row?.['position'] === 'number' ? row['position'] : 0;
  }

  eventAt(head: StreamHead, revision: number): StoredEvent | undefined {
    const row = this.#get(`SELECT ${EVENT_COLUMNS} FROM events WHERE sid = ? AND revision = ?`, head.sid, revision);
    return row && decodeEvent(row, head.name);
  }

  eventAtPosition(position: number): StoredEvent | undefined {
    const row = this.#get(`SELECT ${EVENT_COLUMNS} FROM events WHERE position = ?`, position);
    return row && decodeEvent(row, this.#nameOf(Number(row['sid'])));
  }

  /** The events of a range of revisions; the range must lie between the head's first and last revision. */
  streamPage(head: StreamHead, range: Range, limit: PageLimit): StoredEvent[] {
    const sql = `SELECT ${EVENT_COLUMNS} FROM events WHERE sid = ? AND revision BETWEEN ? AND ? ORDER BY revision ${order(range)}`;
    const page: StoredEvent[] = [];
    let expected = range.direction === 'forwards' ? range.from : range.to;
    const end = this.#fill(sql, [head.sid, range.from, range.to], limit, (row) => {
      const event = decodeEvent(row, head.name);
      if (event.revision !== expected) throw missing(`event ${expected} of stream '${head.name}'`);
      expected += range.direction === 'forwards' ? 1 : -1;
      page.push(event);
      return event.data.length + event.metadata.length;
    });
    const last = range.direction === 'forwards' ? range.to + 1 : range.from - 1;
    if (end === 'exhausted' && range.from <= range.to && expected !== last)
      throw missing(`event ${expected} of stream '${head.name}'`);
    return page;
  }

  /** The events of a range of positions. */
  allPage(range: Range, limit: PageLimit): StoredEvent[] {
    const sql = `SELECT ${EVENT_COLUMNS} FROM events WHERE position BETWEEN ? AND ? ORDER BY position ${order(range)}`;
    const page: StoredEvent[] = [];
    this.#checkingHoles(range, (visit) =>
      this.#fill(sql, [range.from, range.to], limit, (row) => {
        const event = decodeEvent(row, this.#nameOf(Number(row['sid'])));
        visit(event.position);
        page.push(event);
        return event.data.length + event.metadata.length;
      }),
    );
    return page;
  }

  /** What filters look at, of a range of positions, without reading a payload. */
  headersPage(range: Range, events: number): EventHeader[] {
    const sql = `SELECT position, sid, type FROM events WHERE position BETWEEN ? AND ? ORDER BY position ${order(range)}`;
    const page: EventHeader[] = [];
    this.#checkingHoles(range, (visit) =>
      this.#fill(sql, [range.from, range.to], { events, bytes: Infinity }, (row) => {
        const header = decodeHeader(row);
        visit(header.position);
        page.push(header);
        return 0;
      }),
    );
    return page;
  }

  /** Every stream there is. */
  *heads(): Generator<StreamHead> {
    for (const row of this.#statement(`SELECT ${STREAM_COLUMNS} FROM streams ORDER BY sid`).iterate())
      yield decodeHead(row);
  }

  /** The first revision from `from` on that was created at or after an instant (ms); the one after the last when none was. */
  firstSince(head: StreamHead, from: number, created: number): number {
    const sql =
      'SELECT revision FROM events WHERE sid = ? AND revision >= ? AND created >= ? ORDER BY revision LIMIT 1';
    const row = this.#get(sql, head.sid, from, created);
    return typeof row?.['revision'] === 'number' ? row['revision'] : head.lastRevision + 1;
  }

  /**
   * The ids of those of a stream's events that are among the log's newest, oldest first. No payload is read, so they
   * are not verified by checksum. By the index of the stream: neighbouring positions belong to other streams.
   */
  *newestIds(head: StreamHead, newest: number): Generator<Pick<StoredEvent, 'revision' | 'id'>> {
    const sql =
      'SELECT revision, id FROM events INDEXED BY events_by_stream WHERE sid = ? AND revision > ? AND position > ? ORDER BY revision';
    const beyond = [head.lastRevision - newest, this.lastPosition() - newest];
    for (const row of this.#statement(sql).iterate(head.sid, ...beyond))
      if (row['id'] instanceof Uint8Array) yield { revision: Number(row['revision']), id: row['id'] };
  }

  nameOf(header: EventHeader): string {
    return this.#nameOf(header.sid);
  }

  #fill(sql: string, parameters: number[], limit: PageLimit, take: (row: Row) => number): 'exhausted' | 'full' {
    let events = 0;
    let bytes = 0;
    for (const row of this.#statement(sql).iterate(...parameters)) {
      bytes += take(row);
      if (++events >= limit.events || bytes >= limit.bytes) return 'full';
    }
    return 'exhausted';
  }

  #checkingHoles(range: Range, fill: (visit: (position: number) => void) => 'exhausted' | 'full'): void {
    const step = range.direction === 'forwards' ? 1 : -1;
    let expected = step > 0 ? range.from : range.to;
    const check = (until: number): void => {
      const [first, last] = step > 0 ? [expected, until - 1] : [until + 1, expected];
      if (first <= last) this.#verifyScavenged(first, last);
    };
    const end = fill((position) => {
      if (position !== expected) check(position);
      expected = position + step;
    });
    if (end === 'exhausted') check(step > 0 ? range.to + 1 : range.from - 1);
  }

  #verifyScavenged(first: number, last: number): void {
    let position = first;
    while (position <= last) {
      const row = this.#get('SELECT last FROM scavenged WHERE first <= ? ORDER BY first DESC LIMIT 1', position);
      if (typeof row?.['last'] !== 'number' || row['last'] < position)
        throw missing(`the event at position ${position}`);
      position = row['last'] + 1;
    }
  }

  #nameOf(sid: number): string {
    const known = this.#names.get(sid);
    if (known !== undefined) return known;
    const row = this.#get(`SELECT ${STREAM_COLUMNS} FROM streams WHERE sid = ?`, sid);
    if (!row) throw missing(`the entry of stream ${sid}`);
    const { name } = decodeHead(row);
    if (this.#names.size >= KNOWN_NAMES) this.#names.clear();
    this.#names.set(sid, name);
    return name;
  }

  #get(sql: string, ...parameters: (number | Uint8Array)[]): Row | undefined {
    return this.#statement(sql).get(...parameters);
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function order(range: Range): 'ASC' | 'DESC' {
  return range.direction === 'forwards' ? 'ASC' : 'DESC';
}

function missing(what: string): DamagedStoreError {
  return new DamagedStoreError(`${what} is missing, and no scavenge has removed it`);
}
