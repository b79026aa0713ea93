import { describe, expect, it } from '@jest/globals';
import { Double, Int32, Long, ObjectId } from 'mongodb';
import { createIndex, failure, useServer } from './fixture.js';

const server = useServer();

describe('inserts', () => {
  it('make an _id and put it first (fact 9)', async () => {
    const people = await server.fresh('people');
    const { insertedId } = await people.insertOne({ name: 'Ada' });
    expect(insertedId).toBeInstanceOf(ObjectId);
    const reply = await server.db.command({ insert: 'people', documents: [{ name: 'Bo', _id: 7 }] });
    expect(reply).toEqual({ n: 1, ok: 1 });
    expect(Object.keys((await people.findOne({ _id: 7 as never })) ?? {})).toEqual(['_id', 'name']);
  });

  it('refuse a second document with an equal _id, whatever its numeric type (facts 7, 13)', async () => {
    const numbers = await server.fresh('numbers');
    await numbers.insertOne({ _id: new Int32(1) as never });
    const refused = await numbers.insertOne({ _id: new Double(1) as never }).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 11000,
      keyPattern: { _id: 1 },
      keyValue: { _id: 1 },
      message: `E11000 duplicate key error collection: ${server.db.databaseName}.numbers index: _id_ dup key: { _id: 1.0 }`,
    });
  });

  it('refuse arrays, regexes and deep documents as they should (fact 9)', async () => {
    const odd = await server.fresh('odd');
    expect(await failure(odd.insertOne({ _id: [1] as never }))).toBe(53);
    expect(await failure(odd.insertOne({ _id: /x/ as never }))).toBe(53);
    let deep: Record<string, unknown> = {};
    for (let level = 0; level < 185; level++) deep = { deep };
    expect(await failure(odd.insertOne(deep))).toBe(15);
  });

  it('stop at the first error when ordered, go on when not (fact 5)', async () => {
    const rows = await server.fresh('rows');
    const documents = [{ _id: 1 }, { _id: 1 }, { _id: 2 }] as never[];
    expect(await server.db.command({ insert: 'rows', documents })).toMatchObject({
      n: 1,
      writeErrors: [{ index: 1, code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 1 } }],
    });
    expect(await failure(rows.insertMany(documents, { ordered: false }))).toBe(11000);
    expect((await rows.find().toArray()).map(({ _id }) => _id)).toEqual([1, 2]);
  });
});

describe('updates', () => {
  it('replace, count what they matched and what they changed (fact 12)', async () => {
    const tasks = await server.fresh('tasks');
    await tasks.insertOne({ _id: 1 as never, state: 'open' });
    expect(await tasks.replaceOne({ _id: 1 as never }, { state: 'done' })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 1,
    });
    expect(await tasks.replaceOne({ _id: 1 as never }, { state: 'done' })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 0,
    });
    expect(await failure(tasks.updateOne({ _id: 1 as never }, { $set: { _id: 2 } }))).toBe(66);
    expect(await tasks.findOne()).toEqual({ _id: 1, state: 'done' });
  });

  it('upsert once, though 64 clients do it at the same time (facts 13, 18)', async () => {
    const counters = await server.fresh('counters');
    await createIndex(counters, { key: 1 }, { unique: true });
    const results = await Promise.all(
      Array.from({ length: 64 }, () => counters.updateOne({ key: 'k' }, { $inc: { n: 1 } }, { upsert: true })),
    );
    expect(results.filter(({ upsertedCount }) => upsertedCount === 1)).toHaveLength(1);
    expect(await counters.find({}, { projection: { _id: 0 } }).toArray()).toEqual([{ key: 'k', n: 64 }]);
  });

  it('refuse an upsert whose query asks for more than the key, when another document has the key', async () => {
    const flags = await server.fresh('flags');
    await flags.insertOne({ _id: 'a' as never, off: true });
    const upsert = flags.updateOne(
      { _id: 'a' as never, off: { $exists: false } },
      { $set: { on: 1 } },
      { upsert: true },
    );
    expect(await failure(upsert)).toBe(11_000);
  });

  it('change each matching document once, also when that moves it in the index it was found by (fact 18)', async () => {
    const moved = await server.fresh('moved');
    await createIndex(moved, { rank: 1 });
    await moved.insertMany(Array.from({ length: 500 }, (_, rank) => ({ rank })));
    expect(await moved.updateMany({ rank: { $gte: 0 } }, { $inc: { rank: 1000, times: 1 } })).toMatchObject({
      modifiedCount: 500,
    });
    expect(await moved.countDocuments({ times: 1, rank: { $gte: 1000 } })).toBe(500);
  });

  it('findAndModify gives the document before or after, and says what it did (section 5)', async () => {
    const jobs = await server.fresh('jobs');
    await jobs.insertMany([
      { _id: 1, p: 2 },
      { _id: 2, p: 1 },
    ] as never[]);
    expect(
      await server.db.command({
        findAndModify: 'jobs',
        query: {},
        sort: { p: 1 },
        update: { $set: { taken: true } },
        new: true,
      }),
    ).toEqual({
      lastErrorObject: { n: 1, updatedExisting: true },
      value: { _id: 2, p: 1, taken: true },
      ok: 1,
    });
    expect(await server.db.command({ findAndModify: 'jobs', query: { _id: 9 }, remove: true })).toEqual({
      lastErrorObject: { n: 0 },
      value: null,
      ok: 1,
    });
    expect(await failure(server.db.command({ findAndModify: 'jobs', query: {} }))).toBe(9);
    expect(await jobs.findOneAndDelete({ _id: 1 as never })).toEqual({ _id: 1, p: 2 });
  });
});

describe('collections', () => {
  it('spring up at the first write, and are listed with their options (fact 14)', async () => {
    await server.fresh('born');
    await server.db.collection('born').insertOne({});
    const [entry] = await server.db.listCollections({ name: 'born' }).toArray();
    expect(entry).toMatchObject({
      name: 'born',
      type: 'collection',
      options: {},
      idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
    });
  });

  it('are renamed onto another one at once, whose open cursors then end with 175 (fact 14)', async () => {
    const live = await server.fresh('live');
    const next = await server.fresh('next');
    await live.insertMany(Array.from({ length: 300 }, (_, n) => ({ n, old: true })));
    await next.insertOne({ old: false });
    const cursor = live.find({}, { batchSize: 10 });
    await cursor.next();
    expect(await failure(next.rename('live'))).toBe(48);
    await next.rename('live', { dropTarget: true });
    expect(await live.find({}, { projection: { _id: 0 } }).toArray()).toEqual([{ old: false }]);
    expect(await failure(cursor.toArray())).toBe(175);
  });

  it('with a validator refuse what does not meet it (fact 14)', async () => {
    await server.fresh('strict');
    await server.db.createCollection('strict', { validator: { age: { $gte: 18 } } });
    expect(await failure(server.db.collection('strict').insertOne({ age: 3 }))).toBe(121);
    await server.db.collection('strict').insertOne({ age: 18 });
    expect(await failure(server.db.createCollection('strict'))).toBe(48);
  });

  it('that are capped keep the newest (fact 14)', async () => {
    await server.fresh('log');
    await server.db.createCollection('log', { capped: true, size: 100_000, max: 5 });
    await server.db.collection('log').insertMany(Array.from({ length: 12 }, (_, n) => ({ _id: n as never })));
    expect((await server.db.collection('log').find().toArray()).map(({ _id }) => Number(_id))).toEqual([
      7, 8, 9, 10, 11,
    ]);
    expect(await failure(server.db.command({ create: 'bare', capped: true }))).toBe(72);
  });

  it('have names that MongoDB takes, others are refused (section 2)', async () => {
    expect(await failure(server.db.command({ find: '' }))).toBe(73);
    expect(await failure(server.db.command({ find: 'a$b' }))).toBe(73);
    expect(await failure(server.db.command({ find: 7 }))).toBe(2);
    expect(await failure(server.db.command({ insert: 'system.x', documents: [{}] }))).toBe(73);
  });
});

describe('commands', () => {
  it('refuse what they do not know (section 2)', async () => {
    expect(await failure(server.db.command({ frobnicate: 1 }))).toBe(59);
    expect(await failure(server.db.command({ find: 'c', frobnicate: 1 }))).toBe(40415);
    expect(await failure(server.db.command({ insert: 'c' }))).toBe(40414);
    expect(await failure(server.db.command({ find: 'c', filter: 1 }))).toBe(14);
    expect(await failure(server.db.command({ find: 'c', limit: -1 }))).toBe(51024);
    expect(await failure(server.db.command({ find: 'c', maxTimeMS: 1.5 }))).toBe(2);
    const txnNumber = Long.fromNumber(1);
    expect(await failure(server.db.command({ insert: 'c', documents: [{}], txnNumber }))).toBe(20);
    expect(await failure(server.db.collection('c').find({}, { tailable: true }).toArray())).toBe(2);
  });

  it('stop at maxTimeMS (section 2)', async () => {
    const slow = await server.fresh('slow');
    await slow.insertMany(Array.from({ length: 20_000 }, (_, n) => ({ n, text: 'x'.repeat(50) })));
    expect(await failure(slow.find({ $expr: { $eq: ['$text', '$n'] } }, { maxTimeMS: 1 }).toArray())).toBe(50);
  });
});
