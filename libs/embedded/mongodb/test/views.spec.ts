import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Collection, Document } from 'mongodb';
import { createIndex, failure, useServer } from './fixture.js';

const server = useServer();

const people = [
  { _id: 1, name: 'ann', age: 30, city: 'Bern' },
  { _id: 2, name: 'bob', age: 20, city: 'Rome' },
  { _id: 3, name: 'cyd', age: 40, city: 'Bern' },
  { _id: 4, name: 'dan', age: 10, city: 'Rome' },
];

/** `adults` filters, `adultCities` groups what `adults` shows. */
async function declareViews(): Promise<void> {
  for (const name of ['adultCities', 'adults', 'people']) await server.db.collection(name).drop();
  await server.db.collection<Document & { _id: number }>('people').insertMany(people);
  await createIndex(server.db.collection('people'), { age: 1 });
  await server.db.createCollection('adults', { viewOn: 'people', pipeline: [{ $match: { age: { $gte: 20 } } }] });
  const byCity = [{ $group: { _id: '$city', n: { $sum: 1 } } }];
  await server.db.createCollection('adultCities', { viewOn: 'adults', pipeline: byCity });
}

const view = (name: string): Collection => server.db.collection(name);

describe('a view', () => {
  beforeAll(declareViews);

  it('is read by find, count, distinct and aggregate as a collection is (section 2)', async () => {
    const adults = view('adults');
    const found = await adults.find({ city: 'Bern' }, { sort: { age: -1 }, projection: { name: 1 } }).toArray();
    expect(found).toEqual([
      { _id: 3, name: 'cyd' },
      { _id: 1, name: 'ann' },
    ]);
    expect(await adults.find({}, { sort: { _id: 1 }, skip: 1, limit: 1 }).toArray()).toEqual([people[1]]);
    expect(await server.db.command({ count: 'adults', query: { city: 'Rome' } })).toEqual({ n: 1, ok: 1 });
    expect(await adults.estimatedDocumentCount()).toBe(3);
    expect(await adults.distinct('city')).toEqual(['Bern', 'Rome']);
    expect(await adults.aggregate([{ $match: { age: { $lt: 35 } } }, { $count: 'n' }]).toArray()).toEqual([{ n: 2 }]);
  });

  it('may stand on another view, and be joined and united (section 2)', async () => {
    const cities = await view('adultCities')
      .find({ n: { $gt: 1 } })
      .toArray();
    expect(cities).toEqual([{ _id: 'Bern', n: 2 }]);
    const joined = await view('people')
      .aggregate([
        { $match: { _id: 1 } },
        { $lookup: { from: 'adultCities', localField: 'city', foreignField: '_id', as: 'here' } },
        { $project: { here: 1 } },
        { $unionWith: 'adultCities' },
        { $sort: { n: 1, _id: 1 } },
      ])
      .toArray();
    expect(joined).toEqual([
      { _id: 1, here: [{ _id: 'Bern', n: 2 }] },
      { _id: 'Rome', n: 1 },
      { _id: 'Bern', n: 2 },
    ]);
  });

  it('is read through the indexes of its collection (fact 16)', async () => {
    const plan = await view('adults')
      .find({ age: { $lt: 40 } })
      .explain('executionStats');
    expect(plan).toMatchObject({
      queryPlanner: {
        winningPlan: { stage: 'FETCH', inputStage: { stage: 'IXSCAN', indexBounds: { age: ['[20, 40)'] } } },
      },
      executionStats: { nReturned: 2, totalKeysExamined: 2, totalDocsExamined: 2 },
    });
  });

  it('is listed as what it is (fact 14)', async () => {
    const listed = await server.db.listCollections({ type: 'view' }).toArray();
    const pipeline = [{ $match: { age: { $gte: 20 } } }];
    expect(listed.find(({ name }) => name === 'adults')).toEqual({
      name: 'adults',
      type: 'view',
      options: { viewOn: 'people', pipeline },
      info: { readOnly: true },
    });
    expect((await server.db.command({ dbStats: 1 }))['views']).toBe(2);
  });

  it('refuses whatever writes to it or asks for its storage with 166 (section 2)', async () => {
    const adults = view('adults');
    const refused = [
      adults.insertOne({ _id: 9 as never }),
      adults.updateOne({}, { $set: { a: 1 } }),
      adults.updateOne({ _id: 9 as never }, { $set: { a: 1 } }, { upsert: true }),
      adults.deleteMany({}),
      adults.findOneAndUpdate({}, { $set: { a: 1 } }),
      adults.findOneAndDelete({}),
      createIndex(adults, { a: 1 }),
      adults.indexes(),
      adults.dropIndexes(),
      server.db.command({ collStats: 'adults' }),
      server.db.command({ validate: 'adults' }),
      server.db.command({ compact: 'adults' }),
      server.db.command({ explain: { update: 'adults', updates: [{ q: {}, u: { $set: { a: 1 } } }] } }),
      adults.rename('others'),
      view('people')
        .aggregate([{ $out: 'adults' }])
        .toArray(),
      view('people')
        .aggregate([{ $merge: 'adults' }])
        .toArray(),
    ];
    const codes = await Promise.all(refused.map(failure));
    // dropIndexes of the driver answers an error by `false`.
    expect(codes).toEqual(refused.map((_, index) => (index === 8 ? 'no error' : 166)));
    expect(await view('people').countDocuments()).toBe(4);
  });

  it('has one collation for all that read it (section 4)', async () => {
    const collation = { locale: 'en', strength: 2 };
    await view('loud').drop();
    await server.db.createCollection('loud', { viewOn: 'people', pipeline: [], collation });
    expect(await view('loud').distinct('_id', { name: 'ANN' })).toEqual([1]);
    expect(await view('loud').find({ name: 'ANN' }, { collation }).toArray()).toEqual([people[0]]);
    expect(await failure(view('loud').findOne({}, { collation: { locale: 'de' } }))).toBe(167);
  });
});

describe('the declaration of a view', () => {
  beforeAll(declareViews);

  it('is refused when it makes no sense (section 2)', async () => {
    const create = (options: Document): Promise<unknown> => failure(server.db.command({ create: 'odd', ...options }));
    expect(await create({ pipeline: [] })).toBe(72);
    expect(await create({ viewOn: 'people', capped: true, size: 1000 })).toBe(72);
    expect(await create({ viewOn: '' })).toBe(73);
    expect(await create({ viewOn: 'people', pipeline: [{ $nope: {} }] })).toBe(40324);
    expect(await create({ viewOn: 'people', pipeline: [{ $out: 'x' }] })).toBe(167);
    expect(await create({ viewOn: 'odd', pipeline: [] })).toBe(5);
    expect(await failure(server.db.command({ create: 'adults', viewOn: 'other', pipeline: [] }))).toBe(48);
    expect(await failure(server.db.command({ collMod: 'adults', viewOn: 'adultCities', pipeline: [] }))).toBe(5);
    expect(await failure(server.db.command({ collMod: 'people', viewOn: 'other', pipeline: [] }))).toBe(72);
  });

  it('is changed by collMod and gone after drop (fact 14)', async () => {
    await server.db.command({ collMod: 'adults', viewOn: 'people', pipeline: [{ $match: { age: { $gte: 40 } } }] });
    expect(await view('adults').distinct('name')).toEqual(['cyd']);
    expect(await server.db.command({ drop: 'adults' })).toEqual({ ns: `${server.db.databaseName}.adults`, ok: 1 });
    expect(await view('adults').find().toArray()).toEqual([]);
    expect(await view('adultCities').find().toArray()).toEqual([]);
  });

  it('may not go deeper than 20 (section 2)', async () => {
    for (let depth = 0; depth <= 20; depth++) await view(`deep${depth}`).drop();
    const declare = (depth: number): Promise<unknown> =>
      server.db.createCollection(`deep${depth}`, { viewOn: depth === 0 ? 'people' : `deep${depth - 1}` });
    for (let depth = 0; depth < 20; depth++) await declare(depth);
    expect(await view('deep19').countDocuments()).toBe(4);
    expect(await failure(declare(20))).toBe(165);
  });
});
