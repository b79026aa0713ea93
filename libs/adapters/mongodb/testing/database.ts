import { mkdtemp, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { startMongoDB } from '#embedded/mongodb';
import { connectMongoDB } from '../connect.js';
import type { MongoDB } from '../connect.js';

export interface TestServer {
  /** A database of its own for each call; dropped at `close`. */
  open(newestErasure?: () => Promise<number>): MongoDB & { readonly name: string };
  /** The driver itself, to look behind the adapter. */
  readonly client: MongoClient;
  close(): Promise<void>;
}

/** The server that MONGODB_URL names, else an embedded one in a directory of its own. */
export async function startTestServer(): Promise<TestServer> {
  const { url, stop } = await server();
  const client = new MongoClient(url);
  const opened: (MongoDB & { readonly name: string })[] = [];
  return {
    client,
    open(newestErasure = () => Promise.resolve(0)) {
      const name = `test-${randomUUID()}`;
      const mongodb = { ...connectMongoDB({ url, database: name, newestErasure }), name };
      opened.push(mongodb);
      return mongodb;
    },
    async close() {
      for (const mongodb of opened) {
        await mongodb.close();
        await client.db(mongodb.name).dropDatabase();
      }
      await client.close();
      await stop();
    },
  };
}

async function server(): Promise<{ url: string; stop: () => Promise<void> }> {
  const outside = process.env['MONGODB_URL'];
  if (outside !== undefined) return { url: outside, stop: () => Promise.resolve() };
  const dataDir = await mkdtemp(join(tmpdir(), 'mongodb-adapter-'));
  const embedded = await startMongoDB({ dataDir, port: 0 });
  return {
    url: embedded.url,
    stop: async () => {
      await embedded.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
