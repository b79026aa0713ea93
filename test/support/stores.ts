import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { BSON, MongoClient } from 'mongodb';

/** Addresses of the stores of the system that runs on a data directory. */
async function addresses(dataDir: string): Promise<{ mongoUrl: string; eventStoreUrl: string }> {
  return JSON.parse(await readFile(join(dataDir, 'runtime.json'), 'utf8')) as {
    mongoUrl: string;
    eventStoreUrl: string;
  };
}

/**
 * Every document of every model, as text. What the engine needs to go on after a crash is no content: tombstones,
 * in `_before` the state of a side document at the checkpoint before, which depends on where batches were cut, and in
 * `_at` the last event that changed it, which an erasure may have taken out of the log since.
 */
export async function storedDocuments(dataDir: string): Promise<Record<string, string[]>> {
  const client = await MongoClient.connect((await addresses(dataDir)).mongoUrl);
  try {
    const models: Record<string, string[]> = {};
    for (const { name } of await client.db('inbox').listCollections().toArray()) {
      if (name.startsWith('_') || name.includes('~')) continue;
      const found = await client
        .db('inbox')
        .collection(name)
        .find({}, { sort: { _id: 1 } })
        .toArray();
      models[name] = found
        .filter(({ _deleted }) => _deleted !== true)
        .map((document) => {
          for (const field of ['_before', '_at']) Reflect.deleteProperty(document, field);
          return BSON.EJSON.stringify(document);
        });
    }
    return models;
  } finally {
    await client.close();
  }
}

/** Message ids in the log, in its order, as often as they stand there. */
export async function storedMessageIds(dataDir: string): Promise<string[]> {
  const client = EventStoreDBClient.connectionString((await addresses(dataDir)).eventStoreUrl);
  const ids: string[] = [];
  try {
    for await (const { event } of client.readAll()) {
      if (event?.type !== 'MessageReceived' && event?.type !== 'ReplyWritten') continue;
      ids.push((event.data as { messageId: string }).messageId);
    }
    return ids;
  } finally {
    await client.dispose();
  }
}
