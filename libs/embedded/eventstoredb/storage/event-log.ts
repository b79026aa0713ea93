import { closeSync, openSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { wipeSteps } from '../../sqlite/index.js';
import { eventChecksum } from './checksum.js';
import { databasePath, openForWriting, syncDirectory, writeAheadLogPath } from './connection.js';
import { checkpoint, truncateWriteAheadLog } from './checkpoint.js';
import type { PageLimit } from './event-reader.js';
import { EventReader } from './event-reader.js';
import { ScavengedPositions } from './scavenged-positions.js';
import type { ProposedEvent, StoredEvent } from './events.js';
import { JSON_FLAG, TOMBSTONE_FLAG } from './events.js';
import { HighWaterMark } from './high-water-mark.js';
import { verifiedEnd } from './log-end.js';
import { asDamage } from './sqlite-errors.js';
import type { StreamHead, StreamMetadata } from './stream-head.js';
import { StreamHeads } from './stream-heads.js';
import { WalSync } from './wal-sync.js';

/**
 * The log, over the one connection that writes. All writing happens inside `commit`; what it wrote is to be acknowledged
 * and read once a `sync` has followed. Until then `lastPosition` and `readableRevision` leave it out.
 */
export class EventLog {
  readonly reader: EventReader;
  readonly #db: DatabaseSync;
  readonly #path: string;
  readonly #fd: number;
  readonly #mark: HighWaterMark;
  readonly #insertEvent: StatementSync;
  readonly #deleteEvents: StatementSync;
  readonly #saveNextPosition: StatementSync;
  readonly #scavenged: ScavengedPositions;
  readonly #walSync: WalSync;
  /** Of streams with events that no sync has followed yet: the last revision before them. */
  readonly #unsynced = new Map<string, number>();
  readonly #heads: StreamHeads;
  #nextPosition: number;
  #lastPosition: number;
  #lastCreated: number;
  #written: StoredEvent[] = [];

  /** Throws DamagedStoreError when the files contradict themselves. The caller holds the directory's lock. */
  constructor(directory: string) {
    this.#db = openForWriting(directory);
    this.#path = databasePath(directory);
    this.#fd = openSync(this.#path, 'r+');
    this.#mark = new HighWaterMark(directory);
    this.#walSync = new WalSync(writeAheadLogPath(directory));
    try {
      syncDirectory(directory);
      this.reader = new EventReader(this.#db);
      this.#insertEvent = this.#db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
      this.#deleteEvents = this.#db.prepare('DELETE FROM events WHERE sid = ? AND revision < ?');
      this.#saveNextPosition = this.#db.prepare(
        `INSERT INTO counters VALUES ('next_position', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      );
      this.#scavenged = new ScavengedPositions(this.#db);
      this.#lastPosition = verifiedEnd(this.#db, this.reader, this.#mark.read());
      this.#nextPosition = this.#lastPosition + 1;
      this.#lastCreated = this.reader.eventAtPosition(this.#lastPosition)?.created ?? 0;
      this.#heads = new StreamHeads(this.#db, this.reader);
    } catch (error) {
      this.#mark.close();
      this.#walSync.close();
      this.#db.close();
      closeSync(this.#fd);
      throw asDamage(error);
    }
  }

  /** Position of the newest event on disk; 0 when there is none. */
  get lastPosition(): number {
    return this.#lastPosition;
  }

  /** The position that the next event will get. */
  get nextPosition(): number {
    return this.#nextPosition;
  }

  /** The stream as of now, inside a transaction with what that has already written. */
  head(stream: string): StreamHead | undefined {
    return this.#heads.get(stream);
  }

  /** The last revision of a stream that is on disk, a tombstone included: what may be read of it. */
  readableRevision({ name, isTombstoned, lastRevision }: StreamHead): number {
    return this.#unsynced.get(name) ?? (isTombstoned ? lastRevision + 1 : lastRevision);
  }

  /**
   * Runs `write` and commits what it wrote, without waiting for the disk; gives its result and the new events in order.
   * When either fails, nothing is written and the error is thrown.
   */
  commit<T>(write: () => T): { result: T; events: readonly StoredEvent[] } {
    this.#walSync.requireIntact();
    const before = { sid: this.#heads.nextSid, position: this.#nextPosition, created: this.#lastCreated };
    this.#written = [];
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = write();
      this.#db.exec('COMMIT');
      return { result, events: this.#written };
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      this.#heads.forgetFrom(before.sid);
      this.#nextPosition = before.position;
      this.#lastCreated = before.created;
      for (const { stream } of this.#written) this.#unsynced.delete(stream);
      throw asDamage(error);
    }
  }

  /** Resolves when everything committed before the call is on disk. No event may be committed meanwhile. */
  async sync(): Promise<void> {
    await this.#walSync.sync();
    this.#settle();
  }

  /** The same, with this thread standing still. */
  syncNow(): void {
    this.#walSync.syncNow();
    this.#settle();
  }

  /** As `commit`, and on disk when it returns. */
  transaction<T>(write: () => T): { result: T; events: readonly StoredEvent[] } {
    const committed = this.commit(write);
    this.syncNow();
    return committed;
  }

  /** Appends to a stream, which need not exist; gives the stored events. Only inside `commit`. */
  append(stream: string, proposed: readonly ProposedEvent[]): StoredEvent[] {
    const head = this.#heads.getOrNew(stream);
    const stored = proposed.map((event, index) => this.#insert(head, event, head.lastRevision + 1 + index, 0));
    this.#heads.save({ ...head, lastRevision: head.lastRevision + stored.length });
    return stored;
  }

  /** Ends a stream for good with one last event. Only inside `commit`. */
  tombstone(stream: string, event: ProposedEvent): StoredEvent {
    const head = this.#heads.getOrNew(stream);
    const stored = this.#insert(head, event, head.lastRevision + 1, TOMBSTONE_FLAG);
    this.#heads.save({ ...head, isTombstoned: true });
    return stored;
  }

  /** Sets the bounds on reading a stream, which need not have events. Only inside `commit`. */
  setMetadata(stream: string, metadata: StreamMetadata): void {
    this.#heads.save({ ...this.#heads.getOrNew(stream), metadata });
  }

  /**
   * Removes the oldest events of a stream, those before a revision, but not more than a page of them at once; gives
   * the removed ones. Only inside `commit`.
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
    this.#heads.save({ ...head, firstRevision });
    return events;
  }

  /**
   * Leaves no byte of what was removed before in the files, in steps of some milliseconds each. False of a step: a reader
   * was in the way.
   */
  wipeSteps(): Generator<boolean, void> {
    const emptyLog = () => truncateWriteAheadLog(this.#db);
    return wipeSteps({ database: this.#db, path: this.#path, fd: this.#fd, emptyLog });
  }

  /** Completes a checkpoint that another thread has begun; see `checkpoint`. */
  checkpoint(): void {
    checkpoint(this.#db);
  }

  close(): void {
    truncateWriteAheadLog(this.#db);
    this.#db.close();
    closeSync(this.#fd);
    this.#walSync.close();
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
    if (!this.#unsynced.has(head.name)) this.#unsynced.set(head.name, head.lastRevision);
    this.#written.push(stored);
    return stored;
  }

  #settle(): void {
    this.#unsynced.clear();
    if (this.#lastPosition === this.#nextPosition - 1) return;
    this.#lastPosition = this.#nextPosition - 1;
    this.#mark.write(this.#lastPosition);
  }
}
