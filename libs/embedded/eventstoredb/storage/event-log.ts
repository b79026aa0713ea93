import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { eventChecksum, streamChecksum } from './checksum.js';
import { openForWriting } from './connection.js';
import { DamagedStoreError } from './damage.js';
import { checkpoint, truncateWriteAheadLog } from './checkpoint.js';
import type { PageLimit } from './event-reader.js';
import { EventReader } from './event-reader.js';
import { ScavengedPositions } from './scavenged-positions.js';
import type { ProposedEvent, StoredEvent } from './events.js';
import { JSON_FLAG, TOMBSTONE_FLAG } from './events.js';
import { HighWaterMark } from './high-water-mark.js';
import { asDamage } from './sqlite-errors.js';
import type { StreamHead, StreamMetadata } from './stream-head.js';

const CACHED_HEADS = 50_000;

/**
 * The log, over the one connection that writes. All writing happens inside `transaction`; nothing of it can be read
 * by another connection before that has returned, and when it returns it is on disk.
 */
export class EventLog {
  readonly reader: EventReader;
  readonly #db: DatabaseSync;
  readonly #mark: HighWaterMark;
  readonly #insertEvent: StatementSync;
  readonly #upsertStream: StatementSync;
  readonly #deleteEvents: StatementSync;
  readonly #saveNextPosition: StatementSync;
  readonly #scavenged: ScavengedPositions;
  readonly #heads = new Map<string, StreamHead>();
  #nextSid: number;
  #nextPosition: number;
  #lastPosition: number;
  #lastCreated: number;
  #written: StoredEvent[] = [];

  /** Throws DamagedStoreError when the files contradict themselves. The caller holds the directory's lock. */
  constructor(directory: string) {
    this.#db = openForWriting(directory);
    this.#mark = new HighWaterMark(directory);
    try {
      this.reader = new EventReader(this.#db);
      this.#insertEvent = this.#db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
      // Not INSERT OR REPLACE: that would write the name's index entry anew with every append.
      this.#upsertStream = this.#db.prepare(
        `INSERT INTO streams VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sid) DO UPDATE SET
          first_revision = excluded.first_revision, last_revision = excluded.last_revision,
          tombstoned = excluded.tombstoned, metadata = excluded.metadata, crc = excluded.crc`,
      );
      this.#deleteEvents = this.#db.prepare('DELETE FROM events WHERE sid = ? AND revision < ?');
      this.#saveNextPosition = this.#db.prepare(
        `INSERT INTO counters VALUES ('next_position', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      );
      this.#scavenged = new ScavengedPositions(this.#db);
      const last = this.reader.lastPosition();
      const mark = this.#mark.read();
      if (last < mark) {
        throw new DamagedStoreError(
          `the newest events are missing: the log ends at position ${last}, but position ${mark} was acknowledged`,
        );
      }
      const saved = this.#savedNextPosition();
      // A scavenge never removes the newest event of all, so nothing but damage can leave a gap before the next one.
      if (saved > last + 1)
        throw new DamagedStoreError(
          `the newest events are missing: the log ends at position ${last}, not ${saved - 1}`,
        );
      this.#lastPosition = last;
      this.#nextPosition = last + 1;
      this.#lastCreated = this.reader.eventAtPosition(last)?.created ?? 0;
      this.#nextSid = Number(this.#db.prepare('SELECT coalesce(max(sid), 0) + 1 AS sid FROM streams').get()?.['sid']);
    } catch (error) {
      this.#mark.close();
      this.#db.close();
      throw asDamage(error);
    }
  }

  /** Position of the newest committed event; 0 when there is none. */
  get lastPosition(): number {
    return this.#lastPosition;
  }

  /** The position that the next event will get. */
  get nextPosition(): number {
    return this.#nextPosition;
  }

  /** The stream as of now, inside a transaction with what that has already written. */
  head(stream: string): StreamHead | undefined {
    const cached = this.#heads.get(stream);
    if (cached) return cached;
    const head = this.reader.head(stream);
    if (head) this.#remember(head);
    return head;
  }

  /**
   * Runs `write` and commits what it wrote; gives its result and the new events in order. When either fails, nothing
   * is written and the error is thrown.
   */
  transaction<T>(write: () => T): { result: T; events: readonly StoredEvent[] } {
    const { nextSid, nextPosition, lastCreated } = {
      nextSid: this.#nextSid,
      nextPosition: this.#nextPosition,
      lastCreated: this.#lastCreated,
    };
    this.#written = [];
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = write();
      this.#db.exec('COMMIT');
      const events = this.#written;
      this.#lastPosition = events.at(-1)?.position ?? this.#lastPosition;
      if (events.length > 0) this.#mark.write(this.#lastPosition);
      return { result, events };
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      this.#nextSid = nextSid;
      this.#nextPosition = nextPosition;
      this.#lastCreated = lastCreated;
      this.#heads.clear();
      throw asDamage(error);
    }
  }

  /** Appends to a stream, which need not exist; gives the stored events. Only inside `transaction`. */
  append(stream: string, proposed: readonly ProposedEvent[]): StoredEvent[] {
    const head = this.head(stream) ?? this.#newHead(stream);
    const stored = proposed.map((event, index) => this.#insert(head, event, head.lastRevision + 1 + index, 0));
    this.#save({ ...head, lastRevision: head.lastRevision + stored.length });
    return stored;
  }

  /** Ends a stream for good with one last event. Only inside `transaction`. */
  tombstone(stream: string, event: ProposedEvent): StoredEvent {
    const head = this.head(stream) ?? this.#newHead(stream);
    const stored = this.#insert(head, event, head.lastRevision + 1, TOMBSTONE_FLAG);
    this.#save({ ...head, isTombstoned: true });
    return stored;
  }

  /** Sets the bounds on reading a stream, which need not have events. Only inside `transaction`. */
  setMetadata(stream: string, metadata: StreamMetadata): void {
    this.#save({ ...(this.head(stream) ?? this.#newHead(stream)), metadata });
  }

  /**
   * Removes the oldest events of a stream, those before a revision, but not more than a page of them at once; gives
   * the removed ones. Only inside `transaction`.
   */
  removeBefore(stream: string, revision: number, limit: PageLimit): readonly StoredEvent[] {
    const head = this.head(stream);
    if (!head || head.firstRevision >= revision) return [];
    const events = this.reader.streamPage(
      head,
      { from: head.firstRevision, to: revision - 1, direction: 'forwards' },
      limit,
    );
    const firstRevision = head.firstRevision + events.length;
    this.#deleteEvents.run(head.sid, firstRevision);
    this.#scavenged.add(events.map((event) => event.position));
    this.#saveNextPosition.run(this.#nextPosition);
    this.#save({ ...head, firstRevision });
    return events;
  }

  /** Leaves nothing removed in the write-ahead log. False when a reader was in the way. */
  truncateWriteAheadLog(): boolean {
    return truncateWriteAheadLog(this.#db);
  }

  /** Completes a checkpoint that another thread has begun; see `checkpoint`. */
  checkpoint(): void {
    checkpoint(this.#db);
  }

  close(): void {
    truncateWriteAheadLog(this.#db);
    this.#db.close();
    this.#mark.close();
  }

  #insert(head: StreamHead, event: ProposedEvent, revision: number, flags: number): StoredEvent {
    const position = this.#nextPosition++;
    const created = (this.#lastCreated = Math.max(Date.now(), this.#lastCreated));
    const row = {
      position,
      sid: head.sid,
      revision,
      flags: flags | (event.isJson ? JSON_FLAG : 0),
      created,
      id: event.id,
      type: Buffer.from(event.type),
      metadata: event.metadata,
      data: event.data,
    };
    this.#insertEvent.run(
      position,
      row.sid,
      revision,
      row.flags,
      created,
      eventChecksum(row),
      row.id,
      row.type,
      row.metadata,
      row.data,
    );
    const stored: StoredEvent = {
      ...event,
      position,
      stream: head.name,
      revision,
      created,
      isTombstone: (flags & TOMBSTONE_FLAG) !== 0,
    };
    this.#written.push(stored);
    return stored;
  }

  #newHead(stream: string): StreamHead {
    return {
      sid: this.#nextSid++,
      name: stream,
      firstRevision: 0,
      lastRevision: -1,
      isTombstoned: false,
      metadata: {},
    };
  }

  #save(head: StreamHead): void {
    const metadata = JSON.stringify(head.metadata);
    const row = { ...head, name: Buffer.from(head.name), tombstoned: head.isTombstoned, metadata };
    this.#upsertStream.run(
      row.sid,
      row.name,
      row.firstRevision,
      row.lastRevision,
      row.tombstoned ? 1 : 0,
      metadata,
      streamChecksum(row),
    );
    this.#remember(head);
  }

  #remember(head: StreamHead): void {
    this.#heads.delete(head.name);
    this.#heads.set(head.name, head);
    if (this.#heads.size <= CACHED_HEADS) return;
    const [oldest] = this.#heads.keys();
    if (oldest !== undefined) this.#heads.delete(oldest);
  }

  #savedNextPosition(): number {
    const row = this.#db.prepare(`SELECT value FROM counters WHERE name = 'next_position'`).get();
    return typeof row?.['value'] === 'number' ? row['value'] : 1;
  }
}
