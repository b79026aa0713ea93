import { randomBytes } from 'node:crypto';
import { Binary, MongoClient, MongoError, MongoServerError } from 'mongodb';
import type { Collection } from 'mongodb';
import { StoreUnavailable } from '#event-sourcing';
import type { KeyStore } from '#event-sourcing';
import { checkedStoreKey, storeKeyBytes, storeKeyName } from './store-key.js';

const deadline = 5_000;
const duplicateKey = 11_000;

interface KeptKey {
  readonly _id: string;
  readonly key: Binary;
}

/** Keys in the database that the address names, for processes on several machines. */
export async function openMongoKeyStore(url: string): Promise<KeyStore> {
  const client = new MongoClient(url, {
    serverSelectionTimeoutMS: deadline,
    connectTimeoutMS: deadline,
    socketTimeoutMS: deadline,
    // A key is on the majority's disks before anything that needs it is written elsewhere.
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
  });
  const keys = client.db().collection<KeptKey>('keys');
  await answering(() => client.connect());
  return {
    storeKey: () =>
      answering(async () => {
        const kept = (await keys.findOne({ _id: storeKeyName })) ?? (await make(keys));
        return checkedStoreKey(kept?.key instanceof Binary ? kept.key.value() : undefined);
      }),
    close: () => client.close(),
  };
}

/** Makes the key, unless another process is faster: the unique `_id` lets one win. */
async function make(keys: Collection<KeptKey>): Promise<KeptKey | null> {
  try {
    await keys.insertOne({ _id: storeKeyName, key: new Binary(randomBytes(storeKeyBytes)) });
  } catch (error) {
    if (!(error instanceof MongoServerError && error.code === duplicateKey)) throw error;
  }
  return keys.findOne({ _id: storeKeyName });
}

async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof MongoError)) throw error;
    throw new StoreUnavailable('key-store', 'the database does not answer', { cause: error });
  }
}
