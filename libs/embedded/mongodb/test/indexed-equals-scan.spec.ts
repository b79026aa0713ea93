import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decimal128, Double, Long } from 'mongodb';
import type { Document } from 'mongodb';
import { createIndex, useServer } from './fixture.js';

const server = useServer();

const scalar = fc.oneof(
  { arbitrary: fc.integer({ min: -2, max: 3 }), weight: 5 },
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    '',
    'a',
    'ab',
    'b',
    1.5,
    new Double(2),
    Long.fromNumber(2),
    Decimal128.fromString('2'),
    NaN,
    new Date(5),
    {},
    { b: 1 },
  ),
);
const value = fc.oneof({ arbitrary: scalar, weight: 4 }, fc.array(scalar, { maxLength: 3 }));
const nested = fc.oneof(
  fc.record({ b: value, d: value }, { requiredKeys: [] }),
  fc.array(fc.record({ b: value, d: scalar }, { requiredKeys: [] }), { maxLength: 3 }),
);
const row = fc.record({ a: value, c: scalar, s: nested }, { requiredKeys: [] });

const operator = fc.oneof(
  scalar,
  fc
    .tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$eq', '$ne'), scalar)
    .map(([name, operand]) => ({ [name]: operand })),
  fc.tuple(scalar, scalar).map(([low, high]) => ({ $gte: low, $lte: high })),
  fc.array(scalar, { maxLength: 3 }).map((operands) => ({ $in: operands })),
  fc.constantFrom<unknown>(/^a/, { $exists: true }, { $exists: false }, { $type: 'number' }),
);
const condition = fc.oneof(
  fc.tuple(fc.constantFrom('a', 'c', 's.b', 's.d'), operator).map(([path, wanted]): Document => ({ [path]: wanted })),
  fc.tuple(operator, operator).map(([b, d]): Document => ({ s: { $elemMatch: { b, d } } })),
);
const filter = fc.oneof(
  fc.array(condition, { minLength: 1, maxLength: 3 }).map((all): Document => ({ $and: all })),
  fc.array(condition, { minLength: 2, maxLength: 3 }).map((any): Document => ({ $or: any })),
);
const direction = fc.constantFrom<1 | -1>(1, -1);
const sort = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'c', 's.b'), direction), {
  minLength: 1,
  maxLength: 2,
  selector: ([path]) => path,
});
const index = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'c', 's.b', 's.d'), direction), {
    minLength: 1,
    maxLength: 2,
    selector: ([path]) => path,
  })
  .map((fields) => Object.fromEntries(fields));

it('an indexed query finds what a full scan finds, in the order of a full sort (fact 16)', async () => {
  const rows = await server.fresh('rows');
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 25 }),
      fc.uniqueArray(index, { maxLength: 3, selector: (key) => JSON.stringify(key) }),
      filter,
      sort,
      async (documents, indexes, wanted, order) => {
        await rows.deleteMany({});
        await server.db.command({ dropIndexes: 'rows', index: '*' }).catch(() => undefined);
        for (const key of indexes) await createIndex(rows, key).catch(() => undefined);
        // What a compound index refuses (parallel arrays) is left out of both sides.
        await rows
          .insertMany(
            documents.map((document, _id) => ({ ...document, _id: _id as never })),
            { ordered: false },
          )
          .catch(() => undefined);
        const ids = async (hint: Document | undefined, sorted: boolean): Promise<unknown[]> => {
          const cursor = rows.find(wanted, hint === undefined ? {} : { hint });
          const found = await (sorted ? cursor.sort([...order, ['_id', 1]] as [string, 1 | -1][]) : cursor).toArray();
          return found.map(({ _id }) => _id);
        };
        const expected = (await ids({ $natural: 1 }, false)).toSorted((a, b) => Number(a) - Number(b));
        expect((await ids(undefined, false)).toSorted((a, b) => Number(a) - Number(b))).toEqual(expected);
        expect(await rows.countDocuments(wanted)).toBe(expected.length);
        const sortable = await ids({ $natural: 1 }, true).catch(() => undefined);
        if (sortable !== undefined) expect(await ids(undefined, true)).toEqual(sortable);
      },
    ),
    // The same cases each time, so that a red run is a change's own; a long run takes a seed of its own.
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 150), seed: Number(process.env['PROPERTY_SEED'] ?? 20_261_121) },
  );
});

it('an element that $elemMatch describes may hold an array, of which two values meet two conditions (fact 16)', async () => {
  const rows = await server.fresh('elements');
  await createIndex(rows, { 's.b': 1 });
  await rows.insertOne({ _id: 1 as never, s: [{ b: [0, -1] }] });
  const found = await rows.find({ s: { $elemMatch: { b: { $gte: 0, $lte: -1 } } } }).toArray();
  expect(found.map(({ _id }) => Number(_id))).toEqual([1]);
});
