import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { streamChecksum } from './checksum.js';
import type { EventReader } from './event-reader.js';
import type { StreamHead } from './stream-head.js';

const CACHED = 50_000;

/** The entries of the streams as the one connection that writes sees them; those in use are kept in memory. */
export class StreamHeads {
  readonly #reader: EventReader;
  readonly #upsert: StatementSync;
  readonly #cached = new Map<string, StreamHead>();
  #nextSid: number;

  constructor(db: DatabaseSync, reader: EventReader) {
    this.#reader = reader;
    // Not INSERT OR REPLACE: that would write the name's index entry anew with every append.
    this.#upsert = db.prepare(
      `INSERT INTO streams VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sid) DO UPDATE SET
        first_revision = excluded.first_revision, last_revision = excluded.last_revision,
        tombstoned = excluded.tombstoned, metadata = excluded.metadata, crc = excluded.crc`,
    );
    this.#nextSid = Number(db.prepare('SELECT coalesce(max(sid), 0) + 1 AS sid FROM streams').get()?.['sid']);
  }

  /** The number that the next new stream gets; `forgetFrom` takes back those given out since. */
  get nextSid(): number {
    return this.#nextSid;
  }

  get(stream: string): StreamHead | undefined {
    const cached = this.#cached.get(stream);
    if (cached) return cached;
    const head = this.#reader.head(stream);
    if (head) this.#remember(head);
    return head;
  }

  /** The stream's entry, or that of an empty one, which is not written before it is saved. */
  getOrNew(stream: string): StreamHead {
    return (
      this.get(stream) ?? {
        sid: this.#nextSid++,
        name: stream,
        firstRevision: 0,
        lastRevision: -1,
        isTombstoned: false,
        metadata: {},
      }
    );
  }

  /** Only inside a transaction. */
  save(head: StreamHead): void {
    const { sid, firstRevision, lastRevision, isTombstoned: tombstoned } = head;
    const name = Buffer.from(head.name);
    const metadata = JSON.stringify(head.metadata);
    const crc = streamChecksum({ sid, name, firstRevision, lastRevision, tombstoned, metadata });
    this.#upsert.run(sid, name, firstRevision, lastRevision, tombstoned ? 1 : 0, metadata, crc);
    this.#remember(head);
  }

  /** After a rollback: what is in memory may never have been written. */
  forgetFrom(nextSid: number): void {
    this.#nextSid = nextSid;
    this.#cached.clear();
  }

  #remember(head: StreamHead): void {
    this.#cached.delete(head.name);
    this.#cached.set(head.name, head);
    if (this.#cached.size <= CACHED) return;
    const [oldest] = this.#cached.keys();
    if (oldest !== undefined) this.#cached.delete(oldest);
  }
}
