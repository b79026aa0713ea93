import { describe, expect, it } from '@jest/globals';
import { GridFSBucket, Long, MongoClient } from 'mongodb';
import type { Binary, Document, RunCommandOptions } from 'mongodb';
import { text } from 'node:stream/consumers';
import { createIndex, failure, foreignUrl, useServer } from './fixture.js';

const server = useServer();
interface CursorReply {
  readonly cursor: { readonly id: Long; readonly firstBatch: unknown[]; readonly nextBatch: unknown[] };
}

/** Runs a command that answers with a cursor. */
const run = async (command: Document, options: RunCommandOptions = {}): Promise<CursorReply['cursor']> =>
  ((await server.db.command(command, { promoteLongs: false, ...options })) as CursorReply).cursor;

const admin = (command: Document): Promise<Document> => server.client.db('admin').command(command);

describe('tailable cursors', () => {
  const openTail = (name: string, options: Document): Promise<CursorReply['cursor']> =>
    run({ find: name, tailable: true, ...options });

  it('stay open at the end of a capped collection and find what is inserted later (section 2)', async () => {
    await server.fresh('log');
    const log = await server.db.createCollection('log', { capped: true, size: 4096 });
    await log.insertMany([{ _id: 1 as never }, { _id: 2 as never }]);
    const cursor = await openTail('log', { filter: { _id: { $ne: 3 } }, batchSize: 10 });
    expect(cursor.firstBatch).toEqual([{ _id: 1 }, { _id: 2 }]);
    const next = async (): Promise<unknown> => (await run({ getMore: cursor.id, collection: 'log' })).nextBatch;
    expect(await next()).toEqual([]);
    await log.insertMany([{ _id: 3 as never }, { _id: 4 as never }]);
    expect(await next()).toEqual([{ _id: 4 }]);
  });

  it('wait for data as long as maxTimeMS says, and no longer once there is some (section 2)', async () => {
    await server.fresh('waited');
    const log = await server.db.createCollection('waited', { capped: true, size: 4096 });
    await log.insertOne({ _id: 1 as never });
    const cursor = await openTail('waited', { awaitData: true });
    const more = async (maxTimeMS: number): Promise<unknown> =>
      (await run({ getMore: cursor.id, collection: 'waited', maxTimeMS })).nextBatch;
    expect(await more(5)).toEqual([]);
    const [found] = await Promise.all([more(60_000), log.insertOne({ _id: 2 as never })]);
    expect(found).toEqual([{ _id: 2 }]);
  });

  it('end where their place is gone, and are refused elsewhere (section 2)', async () => {
    await server.fresh('small');
    const log = await server.db.createCollection('small', { capped: true, size: 4096, max: 2 });
    expect((await openTail('small', {})).id).toEqual(Long.ZERO);
    await log.insertOne({ _id: 1 as never });
    const cursor = await openTail('small', {});
    await log.insertMany([{ _id: 2 as never }, { _id: 3 as never }]);
    expect(await failure(server.db.command({ getMore: cursor.id, collection: 'small' }))).toBe(136);
    const plain = await server.fresh('plain');
    await plain.insertOne({});
    expect(await failure(openTail('plain', {}))).toBe(2);
    expect(await failure(server.db.command({ find: 'plain', awaitData: true }))).toBe(9);
  });
});

describe('sessions', () => {
  it('in use are listed until they are ended, and their cursors close with them (fact 4)', async () => {
    const rows = await server.fresh('rows');
    await rows.insertMany([{}, {}, {}]);
    const session = server.client.startSession();
    const id = session.id?.id;
    const { id: cursor } = await run({ find: 'rows', batchSize: 1 }, { session });
    const known = async (): Promise<boolean> => {
      const sessions = await server.client
        .db('admin')
        .aggregate<{ _id: { id: Binary } }>([{ $listLocalSessions: {} }])
        .toArray();
      return sessions.some((listed) => id?.toString('hex') === listed._id.id.toString('hex'));
    };
    expect(await known()).toBe(true);
    await admin({ endSessions: [{ id }] });
    expect(await known()).toBe(false);
    expect(await failure(server.db.command({ getMore: cursor, collection: 'rows' }, { session }))).toBe(43);
    await session.endSession();
  });
});

describe('a clustered collection', () => {
  it('lists its index, and is read in the order of _id (fact 14)', async () => {
    await server.fresh('clustered');
    const rows = await server.db.createCollection('clustered', {
      clusteredIndex: { key: { _id: 1 }, unique: true, name: 'by id' },
    });
    expect(await rows.listIndexes().toArray()).toEqual([
      { v: 2, key: { _id: 1 }, name: 'by id', unique: true, clustered: true },
    ]);
    expect((await server.db.listCollections({ name: 'clustered' }).toArray())[0]).toMatchObject({
      options: { clusteredIndex: { v: 2, key: { _id: 1 }, name: 'by id', unique: true } },
    });
    await rows.insertMany([3, 1, 2].map((n) => ({ _id: n as never })));
    expect(await rows.find().toArray()).toEqual([{ _id: 1 }, { _id: 2 }, { _id: 3 }]);
    expect(await failure(server.db.createCollection('bad', { clusteredIndex: { key: { a: 1 }, unique: true } }))).toBe(
      197,
    );
  });
});

describe('collMod', () => {
  it('makes an index unique in two steps, and names the documents that stand in the way (section 2)', async () => {
    const rows = await server.fresh('shared');
    await rows.insertMany([
      { _id: 1 as never, x: 1 },
      { _id: 2 as never, x: 1 },
    ]);
    await createIndex(rows, { x: 1 });
    const change = (index: Document): Promise<Document> =>
      server.db.command({ collMod: 'shared', index: { keyPattern: { x: 1 }, ...index } });
    expect(await failure(change({ unique: true }))).toBe(72);
    await change({ prepareUnique: true });
    expect(await failure(rows.insertOne({ x: 1 }))).toBe(11000);
    await expect(change({ unique: true })).rejects.toMatchObject({
      code: 359,
      errorResponse: { violations: [{ ids: [1, 2] }] },
    });
    await rows.deleteOne({ _id: 2 as never });
    expect(await change({ unique: true })).toEqual({ unique_new: true, ok: 1 });
    expect(await rows.listIndexes().toArray()).toContainEqual({ v: 2, key: { x: 1 }, name: 'x_1', unique: true });
  });
});

describe('GridFS', () => {
  it('keeps and gives back a file of several chunks (section 2)', async () => {
    const bucket = new GridFSBucket(server.db, { bucketName: 'files', chunkSizeBytes: 1000 });
    const content = 'inbox'.repeat(700);
    const upload = bucket.openUploadStream('note.txt');
    upload.end(content);
    await new Promise((resolve) => upload.once('close', resolve));
    expect(await text(bucket.openDownloadStreamByName('note.txt'))).toBe(content);
    expect(await server.db.collection('files.chunks').countDocuments()).toBe(4);
    await bucket.delete(upload.id);
    expect(await server.db.collection('files.chunks').countDocuments()).toBe(0);
  });
});

describe('the fail point failCommand', () => {
  const fail = (mode: unknown, data: Document): Promise<Document> =>
    admin({ configureFailPoint: 'failCommand', mode, data });

  it('fails as many commands of the names given as it is told, then lets them be', async () => {
    await server.fresh('rows');
    await fail({ times: 1 }, { failCommands: ['count'], errorCode: 96, errorLabels: ['Planned'] });
    const refused = await server.db.command({ count: 'rows' }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 96, codeName: 'OperationFailed', errorLabels: ['Planned'] });
    expect(await server.db.command({ count: 'rows' })).toEqual({ n: 0, ok: 1 });
    expect(await failure(fail('sometimes', {}))).toBe(9);
    expect(await failure(admin({ configureFailPoint: 'other', mode: 'off' }))).toBe(249);
  });

  it('ends the connection, after which a driver reads again', async () => {
    const url = foreignUrl ?? `mongodb://${server.client.options.hosts.join(',')}/?directConnection=true`;
    const client = await new MongoClient(url, { appName: 'picked' }).connect();
    try {
      await fail({ times: 1 }, { failCommands: ['find'], closeConnection: true, appName: 'picked' });
      expect(await server.db.collection('rows').findOne()).toBeNull();
      expect(await client.db(server.db.databaseName).collection('rows').findOne()).toBeNull();
    } finally {
      await client.close();
    }
  });

  it('lets a write happen that it reports as not replicated', async () => {
    const rows = await server.fresh('written');
    await fail({ times: 1 }, { failCommands: ['insert'], writeConcernError: { code: 64, errmsg: 'planned' } });
    await expect(rows.insertOne({ _id: 1 as never })).rejects.toMatchObject({ code: 64 });
    expect(await rows.countDocuments()).toBe(1);
  });
});

describe('what $out and $merge write', () => {
  const validator = { n: { $lt: 10 } };

  it('meets the validator of its collection unless told otherwise (fact 14)', async () => {
    const rows = await server.fresh('produced');
    await rows.insertOne({ _id: 1 as never, n: 10 });
    for (const stage of [{ $out: 'checked' }, { $merge: 'checked' }]) {
      await server.fresh('checked');
      const checked = await server.db.createCollection('checked', { validator });
      expect(await failure(rows.aggregate([stage]).toArray())).toBe(121);
      expect(await checked.countDocuments()).toBe(0);
      await rows.aggregate([stage], { bypassDocumentValidation: true }).toArray();
      expect(await checked.countDocuments()).toBe(1);
    }
  });

  it('names the key that it found taken on the reply (section 5)', async () => {
    const rows = await server.fresh('merged');
    await rows.insertOne({ _id: 1 as never });
    const pipeline = [{ $merge: { into: 'merged', whenMatched: 'fail' } }];
    const command = { aggregate: 'merged', pipeline, cursor: {} };
    await expect(server.db.command(command)).rejects.toMatchObject({
      errorResponse: { code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 1 } },
    });
  });
});

describe('replies', () => {
  it('tell why a document is refused, also that of findAndModify (fact 14)', async () => {
    await server.fresh('strict');
    const rows = await server.db.createCollection('strict', { validator: { n: { $lt: 10 } } });
    await rows.insertOne({ _id: 1 as never, n: 1 });
    await expect(rows.findOneAndUpdate({}, { $set: { n: 11 } })).rejects.toMatchObject({
      errorResponse: { code: 121, errInfo: { failingDocumentId: 1 } },
    });
  });

  it('refuse search indexes as a server without search does (section 6)', async () => {
    const rows = await server.fresh('searched');
    expect(await failure(rows.createSearchIndex({ definition: { mappings: { dynamic: true } } }))).toBe(31082);
    expect(await failure(rows.dropSearchIndex('default'))).toBe(31082);
    expect(await failure(rows.listSearchIndexes().toArray())).toBe(31082);
  });

  it('show the bounds of a capped collection in its statistics (section 1)', async () => {
    await server.fresh('bounded');
    await server.db.createCollection('bounded', { capped: true, size: 4096, max: 7 });
    const [stats] = await server.db
      .collection('bounded')
      .aggregate([{ $collStats: { storageStats: {} } }])
      .toArray();
    expect(stats).toMatchObject({ storageStats: { capped: true, max: 7, maxSize: 4096 } });
  });
});
