import { randomBytes } from 'node:crypto';
import type { Sessions } from '../server/sessions.js';
import { MongoError } from '../values/index.js';
import type { BatchReader } from './batch.js';

const IDLE_MS = 10 * 60_000;
const SWEEP_MS = 30_000;

/** Results that a client has not fetched yet. */
export interface Cursor {
  readonly id: bigint;
  readonly namespace: string;
  /** The session it was opened in, by its `sessionKey`; undefined without one. */
  readonly session: string | undefined;
  readonly reader: BatchReader;
  /** A getMore that finds nothing waits for more (`awaitData`). */
  readonly awaitsData: boolean;
  /** Set while a getMore runs: a second one at the same time is refused. */
  busy: boolean;
  lastUsed: number;
}

/** All open cursors; those that nobody has touched for 10 minutes are closed, and those of sessions that have expired. */
export class CursorRegistry {
  private readonly cursors = new Map<bigint, Cursor>();
  private readonly sweep: NodeJS.Timeout;

  constructor(sessions: Sessions) {
    this.sweep = setInterval(() => {
      this.closeIdle(Date.now() - IDLE_MS);
      for (const session of sessions.expire(Date.now())) this.closeSession(session);
    }, SWEEP_MS);
    this.sweep.unref();
  }

  get size(): number {
    return this.cursors.size;
  }

  open(cursor: Omit<Cursor, 'id' | 'busy' | 'lastUsed'>): Cursor {
    const opened = { ...cursor, id: newCursorId(), busy: false, lastUsed: Date.now() };
    this.cursors.set(opened.id, opened);
    return opened;
  }

  find(id: bigint): Cursor | undefined {
    return this.cursors.get(id);
  }

  close(id: bigint): boolean {
    this.cursors.get(id)?.reader.close();
    return this.cursors.delete(id);
  }

  closeSession(session: string): void {
    for (const cursor of this.cursors.values()) if (cursor.session === session) this.close(cursor.id);
  }

  /** Closes what was last used before the moment given (milliseconds since 1970). */
  closeIdle(before: number): void {
    for (const cursor of this.cursors.values()) {
      if (cursor.lastUsed < before && !cursor.busy) this.close(cursor.id);
    }
  }

  stop(): void {
    clearInterval(this.sweep);
    this.cursors.clear();
  }
}

/** Random, so that a stale id never meets another client's cursor; positive, because 0 means "no cursor". */
const newCursorId = (): bigint => (randomBytes(8).readBigUInt64LE() >> 1n) | 1n;

export const cursorNotFound = (id: bigint): MongoError => new MongoError(43, `cursor id ${id} not found`);
