import { setTimeout as delay } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { compactModels } from './compaction.js';
import type { Documents, Heartbeats, Position, ReadModels } from '#event-sourcing';
import { mongoDocuments } from './documents.js';
import { mongoHeartbeats } from './heartbeats.js';
import { watchPosition } from './position-watch.js';
import { mongoReadModels } from './read-models.js';

export interface MongoDBOptions {
  /** Connection string: a server, a replica set or a sharded cluster. */
  readonly url: string;
  readonly database: string;
  /** Position of the newest erasure in the event store, 0 when there is none (see `newestErasure` of the kernel). */
  readonly newestErasure: () => Promise<Position>;
}

export interface MongoDB {
  readonly documents: Documents;
  readonly readModels: ReadModels;
  /** Has the database rewrite its files without what was deleted. Throws `StoreUnavailable`. */
  compactModels(): Promise<void>;
  readonly heartbeats: Heartbeats;
  /** Whether the server answers now. Never throws. */
  healthy(): Promise<boolean>;
  close(): Promise<void>;
}

const poolSize = 32;
const pauseBetweenAttempts = 500;

/** Connects at once, and again whenever the connection is lost: a database that is away fails calls, not the process. */
export function connectMongoDB({ url, database, newestErasure }: MongoDBOptions): MongoDB {
  const client = new MongoClient(url, {
    appName: 'inbox-ledger',
    maxPoolSize: poolSize,
    maxConnecting: 4,
    waitQueueTimeoutMS: 5_000,
    serverSelectionTimeoutMS: 2_000,
    connectTimeoutMS: 2_000,
    socketTimeoutMS: 30_000,
    readPreference: 'primary',
    writeConcern: { w: 'majority', wtimeoutMS: 10_000 },
    ignoreUndefined: true,
  });
  const db = client.db(database);
  const closing = new AbortController();
  const connecting = connect(client, closing.signal);
  return {
    documents: mongoDocuments(db),
    readModels: mongoReadModels(db, watchPosition(db), newestErasure),
    compactModels: () => compactModels(db),
    heartbeats: mongoHeartbeats(db),
    healthy: () =>
      db.command({ ping: 1 }, { timeoutMS: 2_000 }).then(
        () => true,
        () => false,
      ),
    close: async () => {
      closing.abort();
      await client.close();
      await connecting;
    },
  };
}

/**
 * The driver comes back from every lost connection, but not from a first one that failed: it would answer "topology is
 * closed" for ever. So the first one is tried until there is one.
 */
async function connect(client: MongoClient, closing: AbortSignal): Promise<void> {
  while (!closing.aborted) {
    try {
      await client.connect();
      return;
    } catch {
      // Whoever calls meanwhile is told that the database is away.
      await delay(pauseBetweenAttempts, undefined, { signal: closing }).catch(() => undefined);
    }
  }
}
