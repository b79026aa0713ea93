import { describe, expect, it } from '@jest/globals';
import type { Collection, Document } from 'mongodb';
import { createIndex, failure, useServer } from './fixture.js';

const server = useServer();

interface Stage {
  readonly stage: string;
  readonly inputStage?: Stage;
  readonly inputStages?: readonly Stage[];
}

interface Explained {
  readonly queryPlanner: { readonly winningPlan: Stage };
  readonly executionStats: Record<'totalKeysExamined' | 'totalDocsExamined' | 'nReturned', number>;
}

/** The stages of the winning plan, outermost first, and what was examined. */
async function plan(cursor: { explain(verbosity: 'executionStats'): Promise<Document> }): Promise<object> {
  const { queryPlanner, executionStats } = (await cursor.explain('executionStats')) as Explained;
  const { totalKeysExamined: keys, totalDocsExamined: documents, nReturned: returned } = executionStats;
  return { stages: stageNames(queryPlanner.winningPlan).join(' < '), keys, documents, returned };
}

function stageNames({ stage, inputStage, inputStages }: Stage): string[] {
  const input = inputStage ?? inputStages?.[0];
  return input === undefined ? [stage] : [stage, ...stageNames(input)];
}

async function thousand(name: string): Promise<Collection> {
  const collection = await server.fresh(name);
  await collection.insertMany(
    Array.from({ length: 1000 }, (_, n) => ({
      _id: n as never,
      group: n % 10,
      rank: n,
      tags: [n % 7, n % 3],
      name: `n${n}`,
    })),
  );
  return collection;
}

/** What each stage gave to the next one, outermost first. */
function given({ stage, nReturned, inputStage }: ExecutedStage): (readonly [string, number])[] {
  return [[stage, nReturned], ...(inputStage === undefined ? [] : given(inputStage))];
}

interface ExecutedStage {
  readonly stage: string;
  readonly nReturned: number;
  readonly inputStage?: ExecutedStage;
}

describe('indexes are really used', () => {
  it('as the stages of explain tell one by one (fact 16)', async () => {
    const rows = await thousand('stages');
    await createIndex(rows, { group: 1 });
    const found = rows.find({ group: { $in: [3, 4] }, rank: { $lt: 100 } }, { projection: { rank: 1 } });
    const { executionStats } = (await found.sort({ rank: -1 }).skip(2).limit(5).explain('executionStats')) as {
      executionStats: { executionStages: ExecutedStage };
    };
    expect(given(executionStats.executionStages)).toEqual([
      ['PROJECTION_SIMPLE', 5],
      ['LIMIT', 5],
      ['SKIP', 5],
      ['SORT', 7],
      ['FETCH', 20],
      ['IXSCAN', 200],
    ]);
  });

  it('for equality, a range and the order behind it (fact 16)', async () => {
    const rows = await thousand('prefix');
    await createIndex(rows, { group: 1, rank: -1 });
    expect(await plan(rows.find({ group: 3, rank: { $lt: 100 } }))).toEqual({
      stages: 'FETCH < IXSCAN',
      keys: 10,
      documents: 10,
      returned: 10,
    });
    expect(await plan(rows.find({ group: 3 }).sort({ rank: 1 }).limit(5))).toEqual({
      stages: 'LIMIT < FETCH < IXSCAN',
      keys: 5,
      documents: 5,
      returned: 5,
    });
    expect(await plan(rows.find({ name: 'n5' }))).toEqual({
      stages: 'COLLSCAN',
      keys: 0,
      documents: 1000,
      returned: 1,
    });
    expect(await plan(rows.find({ _id: 5 as never }))).toEqual({
      stages: 'IDHACK',
      keys: 1,
      documents: 1,
      returned: 1,
    });
  });

  it('for $in before a sort, by merging (fact 16)', async () => {
    const rows = await thousand('merged');
    await createIndex(rows, { group: 1, rank: 1 });
    const wanted = { group: { $in: [1, 4, 8] } };
    expect(await plan(rows.find(wanted).sort({ rank: -1 }).limit(6))).toMatchObject({
      stages: 'LIMIT < FETCH < SORT_MERGE < IXSCAN',
      documents: 6,
    });
    expect((await rows.find(wanted).sort({ rank: -1 }).limit(6).toArray()).map((row) => Number(row['rank']))).toEqual([
      998, 994, 991, 988, 984, 981,
    ]);
  });

  it('of several on the same condition by the one in the order asked for (fact 16)', async () => {
    const rows = await thousand('orders');
    await createIndex(rows, { group: 1, name: 1 });
    await createIndex(rows, { group: 1, rank: 1 });
    for (const order of ['name', 'rank']) {
      expect(
        await plan(
          rows
            .find({ group: 3 })
            .sort({ [order]: 1 })
            .limit(5),
        ),
      ).toEqual({
        stages: 'LIMIT < FETCH < IXSCAN',
        keys: 5,
        documents: 5,
        returned: 5,
      });
    }
  });

  it('for prefixes of strings, elements of arrays, and each branch of $or (fact 16)', async () => {
    const rows = await thousand('various');
    await rows.createIndexes([{ key: { name: 1 } }, { key: { tags: 1 } }, { key: { rank: 1 } }]);
    expect(await plan(rows.find({ name: /^n99/ }))).toMatchObject({
      stages: 'FETCH < IXSCAN',
      documents: 11,
      returned: 11,
    });
    expect(await plan(rows.find({ tags: 6 }))).toMatchObject({
      stages: 'FETCH < IXSCAN',
      documents: 142,
      returned: 142,
    });
    expect(await plan(rows.find({ $or: [{ rank: 3 }, { name: 'n4' }, { rank: 3 }] }))).toMatchObject({
      stages: 'FETCH < OR < IXSCAN',
      documents: 2,
      returned: 2,
    });
  });

  it('of several conditions on an array by the rarest, and by the others before much is fetched in vain (fact 16)', async () => {
    const rows = await server.fresh('tagged');
    await createIndex(rows, { tags: 1, rank: -1 });
    await rows.insertMany(
      Array.from({ length: 2000 }, (_, n) => ({
        rank: n,
        tags: [
          n % 2 === 0 || n === 777 ? 'even' : 'odd',
          ...(n % 3 === 0 ? [] : ['often']),
          n % 100 === 0 ? 'seldom' : 'so',
        ],
      })),
    );
    const newest = (filter: object, limit: number) => rows.find(filter).sort({ rank: -1 }).limit(limit);
    const both = (one: unknown, other: unknown) => ({ $and: [{ tags: one }, { tags: other }] });
    const ranks = async (filter: object) => (await newest(filter, 3).toArray()).map(({ rank }) => Number(rank));
    expect(await plan(newest(both('often', 'seldom'), 20))).toMatchObject({ documents: 20, returned: 13 });
    expect(await ranks(both('often', 'seldom'))).toEqual([1900, 1700, 1600]);
    expect(await plan(newest(both('even', 'often'), 20))).toMatchObject({ documents: 30, returned: 20 });
    // Of a thousand each, one document has both: as soon as nine were in vain, the index tells which.
    const crossed = { $and: [{ tags: 'even' }, { tags: 'so' }, { rank: { $mod: [2, 1] } }] };
    expect(await ranks(crossed)).toEqual([777]);
    const seldomMet = both('even', { $in: ['odd', 777] });
    expect(await plan(newest(seldomMet, 20))).toMatchObject({ documents: 9, returned: 0 });
    await rows.insertOne({ rank: 1, tags: ['even', 'odd'] });
    expect(await plan(newest(seldomMet, 20))).toMatchObject({ documents: 10, returned: 1 });
    expect(await plan(newest(both('even', /^od/), 20))).toMatchObject({ documents: 10, returned: 1 });
    const { executionStats } = (await newest(seldomMet, 20).explain('executionStats')) as {
      executionStats: { executionStages: Stage };
    };
    expect(stageNames(executionStats.executionStages)).toEqual(['LIMIT', 'FETCH', 'AND_HASH', 'SORT_MERGE', 'IXSCAN']);
    expect(await rows.updateMany(seldomMet, { $set: { met: true } })).toMatchObject({ modifiedCount: 1 });
    expect(await rows.countDocuments(seldomMet)).toBe(1);
  });

  it('for counting without fetching (fact 16)', async () => {
    const rows = await thousand('counted');
    await createIndex(rows, { group: 1 });
    const command = { explain: { count: 'counted', query: { group: 3 } }, verbosity: 'executionStats' };
    const { queryPlanner, executionStats } = (await server.db.command(command)) as Explained;
    expect(stageNames(queryPlanner.winningPlan)).toEqual(['COUNT', 'COUNT_SCAN']);
    expect(executionStats).toMatchObject({ totalKeysExamined: 100, totalDocsExamined: 0 });
  });

  it('when they are partial or sparse only where they hold every result (fact 15)', async () => {
    const rows = await thousand('partial');
    await createIndex(rows, { rank: 1 }, { partialFilterExpression: { group: 3 } });
    await createIndex(rows, { absent: 1 }, { sparse: true });
    expect(await plan(rows.find({ rank: { $lt: 20 }, group: 3 }))).toMatchObject({
      stages: 'FETCH < IXSCAN',
      documents: 2,
    });
    expect(await plan(rows.find({ rank: { $lt: 20 } }))).toMatchObject({ stages: 'COLLSCAN', returned: 20 });
    expect(await plan(rows.find({ absent: null }))).toMatchObject({ stages: 'COLLSCAN', returned: 1000 });
    expect(await plan(rows.find({}).sort({ absent: 1 }))).toMatchObject({ stages: 'SORT < COLLSCAN', returned: 1000 });
  });

  it('as the hint says (fact 16)', async () => {
    const rows = await thousand('hinted');
    await createIndex(rows, { rank: 1 });
    expect(await plan(rows.find({ group: 3 }).hint('rank_1'))).toMatchObject({
      stages: 'FETCH < IXSCAN',
      documents: 1000,
    });
    expect(await plan(rows.find({ rank: 3 }).hint({ $natural: 1 }))).toMatchObject({ stages: 'COLLSCAN' });
    expect(await failure(rows.find({}).hint('none').toArray())).toBe(2);
  });
});

describe('createIndexes and dropIndexes', () => {
  it('reply with numbers, and do nothing twice (fact 15)', async () => {
    await server.fresh('declared');
    const command = { createIndexes: 'declared', indexes: [{ key: { a: 1 }, name: 'a_1' }] };
    expect(await server.db.command(command)).toEqual({
      numIndexesBefore: 1,
      numIndexesAfter: 2,
      createdCollectionAutomatically: true,
      ok: 1,
    });
    expect(await server.db.command(command)).toEqual({
      numIndexesBefore: 2,
      numIndexesAfter: 2,
      createdCollectionAutomatically: false,
      note: 'all indexes already exist',
      ok: 1,
    });
  });

  it('refuse contradictions and what is not supported (fact 15)', async () => {
    const rows = await server.fresh('refused');
    await createIndex(rows, { a: 1 });
    const create = (...indexes: Document[]): Promise<unknown> =>
      failure(server.db.command({ createIndexes: 'refused', indexes }));
    expect(await create({ key: { a: 1 }, name: 'other' })).toBe(85);
    expect(await create({ key: { b: 1 }, name: 'a_1' })).toBe(86);
    expect(await create({ key: { c: 1 }, name: 'c' }, { key: { c: 1 }, name: 'c' })).toBe(68);
    expect(await create({ key: { c: 0 }, name: 'c' })).toBe(67);
    expect(await create({ key: { c: 'text' }, name: 'c' })).toBe(67);
    expect(await create({ key: { c: 1 }, name: 'c', wrong: 1 })).toBe(197);
    expect(await create({ key: { c: 1 } })).toBe(9);
    expect(await create({ key: { a: 1, b: 1 }, name: 'ttl', expireAfterSeconds: 5 })).toBe(67);
    expect(await failure(rows.dropIndex('none'))).toBe(27);
    expect(await failure(rows.dropIndex('_id_'))).toBe(72);
    expect(await failure(server.db.command({ dropIndexes: 'nowhere', index: '*' }))).toBe(26);
    expect((await rows.indexes()).map(({ name }) => name)).toEqual(['_id_', 'a_1']);
  });

  it('leave nothing behind when the documents cannot be unique, or have parallel arrays (fact 15)', async () => {
    const rows = await server.fresh('unbuilt');
    await rows.insertMany([{ a: 1 }, { a: 1 }, { p: [1], q: [2] }]);
    expect(await failure(createIndex(rows, { a: 1 }, { unique: true }))).toBe(11000);
    expect(await failure(createIndex(rows, { p: 1, q: 1 }))).toBe(171);
    expect(await rows.indexes()).toHaveLength(1);
  });

  it('keep up with writes that come while an index is built (fact 15)', async () => {
    const rows = await thousand('busy');
    const building = createIndex(rows, { rank: 1 });
    const writing = Array.from({ length: 200 }, (_, n) =>
      rows.updateOne({ _id: (n * 5) as never }, { $set: { rank: -1 } }),
    );
    await Promise.all([building, ...writing, rows.deleteMany({ group: 1 })]);
    expect(await rows.find({ rank: -1 }).hint('rank_1').toArray()).toHaveLength(200);
    expect(await rows.countDocuments({ rank: { $gte: -1 } }, { hint: 'rank_1' })).toBe(900);
  });

  it('make a unique index count a missing field as null (fact 15)', async () => {
    const rows = await server.fresh('unique');
    await createIndex(rows, { a: 1 }, { unique: true });
    await rows.insertOne({});
    const refused = await rows.insertOne({ b: 1 }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 11000, keyPattern: { a: 1 }, keyValue: { a: null } });
  });
});

describe('an index with a collation', () => {
  const collation = { locale: 'en', strength: 2 };
  const stageOf = async (query: { explain(verbosity: string): Promise<unknown> }): Promise<string> =>
    JSON.stringify(await query.explain('executionStats'));

  it('keeps what the collation takes for equal apart from nothing: unique means unique by it (fact 15)', async () => {
    const people = await server.fresh('people');
    await createIndex(people, { name: 1 }, { unique: true, collation });
    await people.insertMany([{ name: 'Ada' }, { name: 'bo' }, { name: 7 }]);
    expect(await failure(people.insertOne({ name: 'ADA' }))).toBe(11000);
    await people.insertOne({ name: 'Adá' });
    await people.updateOne({ name: 'Ada' }, { $set: { name: 'Zoe' } });
    await people.insertOne({ name: 'ada' });
    expect(await people.countDocuments({ name: 'ADA' }, { collation })).toBe(1);
  });

  it('serves matches and sorts of its own collation, and of others only what holds no text (section 4)', async () => {
    const words = await server.fresh('words');
    await createIndex(words, { word: 1 }, { collation });
    const all = ['b', 'A', 'C', 'a', 'á', 'B10', 'b9', ''];
    await words.insertMany([...all.map((word) => ({ word })), { word: 5 }]);
    const own = words.find({ word: { $gte: 'B' } }, { collation }).sort({ word: 1 });
    expect((await own.toArray()).map(({ word }) => word as unknown)).toEqual(['b', 'B10', 'b9', 'C']);
    expect(await stageOf(words.find({ word: 'a' }, { collation }))).toContain('IXSCAN');
    expect(await stageOf(words.find({ word: 'a' }))).not.toContain('IXSCAN');
    expect(await stageOf(words.find({ word: 'a' }, { collation: { locale: 'de' } }))).not.toContain('IXSCAN');
    expect(await stageOf(words.find({ word: 5 }))).toContain('IXSCAN');
    expect(await words.countDocuments({ word: { $in: ['A', 'nothing'] } }, { collation })).toBe(2);
    expect(await words.find({ word: /^a/ }, { collation }).toArray()).toHaveLength(1);
  });

  it('a document is found by its _id also where texts are compared by a collation (fact 16)', async () => {
    const rows = await server.fresh('collated');
    const { insertedId } = await rows.insertOne({ text: 'x' });
    expect(await stageOf(rows.find({ _id: insertedId }, { collation }))).toContain('IDHACK');
  });
});
