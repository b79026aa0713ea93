import { afterAll, beforeAll } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import type { Collection, CreateIndexesOptions, Db, Document } from 'mongodb';
import { startMongoDB } from '../index.js';
import type { MongoDBServer } from '../index.js';

/** Another server to run the same facts against; undefined for the embedded one. */
export const foreignUrl = process.env['MONGODB_URL'];

/** A fresh directory below the system's temporary one, and its removal. */
export function temporaryDirectory(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'embedded-mongodb-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

export interface Running {
  readonly client: MongoClient;
  readonly db: Db;
  /** A collection of that name, emptied of what a test before left. */
  fresh(name: string): Promise<Collection>;
}

let databases = 0;

/** A server, or the one in MONGODB_URL, with a database of its own for the tests of one file. */
export function useServer(): Running {
  const directory = temporaryDirectory();
  let server: MongoDBServer | undefined;
  let client: MongoClient | undefined;
  const name = `facts_${process.pid}_${++databases}`;
  const connected = (): MongoClient => {
    if (client === undefined) throw new Error('the server runs only while tests do');
    return client;
  };
  beforeAll(async () => {
    server = foreignUrl === undefined ? await startMongoDB({ dataDir: directory.path }) : undefined;
    client = await new MongoClient(foreignUrl ?? server?.url ?? '', { promoteValues: true }).connect();
  });
  afterAll(async () => {
    await client?.db(name).dropDatabase();
    await client?.close();
    await server?.close();
    directory.remove();
  });
  return {
    get client() {
      return connected();
    },
    get db() {
      return connected().db(name);
    },
    fresh: async (collection) => {
      await connected().db(name).collection(collection).drop();
      return connected().db(name).collection(collection);
    },
  };
}

/** The code, its name and the index-related fields of the error that something fails with. */
export async function failure(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
  return 'no error';
}

/** Declares one index. */
export async function createIndex<T extends Document>(
  collection: Collection<T>,
  key: Document,
  options: CreateIndexesOptions = {},
): Promise<void> {
  await collection.createIndexes([{ key, ...options }]);
}
