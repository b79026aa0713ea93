import { createHash } from 'node:crypto';
import { Binary, DateTime, Document } from '../values/index.js';

const IDLE_MS = 30 * 60_000;
/** Sessions remembered at most; beyond it the one unused for longest is forgotten. */
const MAX_SESSIONS = 100_000;
/** A session belongs to a user by the hash of the user's name, which is empty without authentication. */
const NOBODY = new Binary(0, createHash('sha256').digest());

/** Uses this soon after one another count as one: the order is not kept up for every command. */
const PRECISION_MS = 1000;

interface Session {
  readonly id: Binary;
  readonly lastUsed: number;
}

/** The sessions that clients have used in the last 30 minutes; they hold nothing but open cursors. */
export class Sessions {
  /** By `sessionKey`, the one unused for longest first. */
  private readonly known = new Map<string, Session>();

  use(key: string, id: Binary, now: number): void {
    const session = this.known.get(key);
    if (session !== undefined && now - session.lastUsed < PRECISION_MS) return;
    if (session === undefined) {
      const [oldest] = this.known.keys();
      if (this.known.size >= MAX_SESSIONS && oldest !== undefined) this.known.delete(oldest);
    } else this.known.delete(key);
    this.known.set(key, { id, lastUsed: now });
  }

  end(key: string): void {
    this.known.delete(key);
  }

  /** Forgets those unused for 30 minutes, and answers their keys. */
  expire(now: number): string[] {
    const expired: string[] = [];
    for (const [key, { lastUsed }] of this.known) {
      if (lastUsed >= now - IDLE_MS) break;
      this.known.delete(key);
      expired.push(key);
    }
    return expired;
  }

  /** As `$listLocalSessions` shows them. */
  documents(): Document[] {
    return [...this.known.values()].map(
      ({ id, lastUsed }) =>
        new Document([
          [
            '_id',
            new Document([
              ['id', id],
              ['uid', NOBODY],
            ]),
          ],
          ['lastUse', new DateTime(BigInt(lastUsed))],
        ]),
    );
  }
}
