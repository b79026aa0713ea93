import { Binary, MongoClient, MongoError, MongoServerError } from 'mongodb';
import { DamagedData, StoreUnavailable } from '#event-sourcing';
import type { KeyRecord, KeyRecords } from './key-records.js';

const deadline = 5_000;
const duplicateKey = 11_000;

interface StoredSecret {
  readonly _id: string;
  readonly master?: string;
  readonly wrapped?: Binary;
  readonly reason?: string;
}

/** Records in the database that the address names, for processes on several machines. */
export async function openMongoRecords(url: string): Promise<KeyRecords> {
  const client = new MongoClient(url, {
    serverSelectionTimeoutMS: deadline,
    connectTimeoutMS: deadline,
    socketTimeoutMS: deadline,
    // A key is on the majority's disks before anything that needs it is written elsewhere.
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
  });
  const secrets = client.db().collection<StoredSecret>('secrets');
  await answering(() => client.connect());
  return {
    find: (names) => answering(async () => (await secrets.find({ _id: { $in: [...names] } }).toArray()).map(recordOf)),
    insert: (inserted) =>
      answering(async () => {
        const documents = inserted.map(({ name, master, wrapped }) => ({
          _id: name,
          master,
          wrapped: new Binary(wrapped),
        }));
        // The unique `_id` lets the first of several processes win.
        await unlessThere(secrets.insertMany(documents, { ordered: false }));
      }),
    replace: (name, before, { master, wrapped }) =>
      answering(async () => {
        const same = { _id: name, wrapped: new Binary(before) };
        const { matchedCount } = await secrets.updateOne(same, { $set: { master, wrapped: new Binary(wrapped) } });
        return matchedCount === 1;
      }),
    destroy: (name, reason) =>
      answering(async () => {
        const change = { $set: { reason }, $unset: { master: '', wrapped: '' } } as const;
        // One that has a reason does not match, and cannot be inserted again.
        await unlessThere(secrets.updateOne({ _id: name, reason: { $exists: false } }, change, { upsert: true }));
      }),
    // Its journal and oplog are the database's own; docs/operations.md says how long they keep what.
    purge: () => Promise.resolve(),
    async *all() {
      const cursor = secrets.find({}, { sort: { _id: 1 } });
      for (;;) {
        const document = await answering(() => cursor.next());
        if (!document) return;
        yield recordOf(document);
      }
    },
    close: () => client.close(),
  };
}

function recordOf({ _id: name, master, wrapped, reason }: StoredSecret): KeyRecord {
  if (reason !== undefined) return { name, reason };
  if (master !== undefined && wrapped instanceof Binary) return { name, master, wrapped: wrapped.value() };
  throw new DamagedData('a record of the key store');
}

async function unlessThere(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof MongoServerError && error.code === duplicateKey)) throw error;
  }
}

async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof MongoError)) throw error;
    throw new StoreUnavailable('key-store', 'the database does not answer', { cause: error });
  }
}
