import { describe, expect, it } from '@jest/globals';
import { BSON } from 'mongodb';

import { context } from '../expressions/expressions.fixtures.js';
import { parseFilter } from '../matching/index.js';
import { DateTime, decodeDocument } from '../values/index.js';
import type { Document } from '../values/index.js';
import { doc, loose, plain } from '../values/values.fixtures.js';
import { parseUpdate, upsertedDocument } from './index.js';

const { Decimal128, Double, Int32, Long } = BSON;

interface Given {
  readonly arrayFilters?: readonly BSON.Document[];
  readonly position?: number;
  readonly isInsert?: boolean;
}

const parsed = (update: BSON.Document | BSON.Document[], { arrayFilters }: Given = {}) => {
  const { u } = Object.fromEntries(doc({ u: update })) as { u: Document };
  return parseUpdate(u, arrayFilters?.map(doc), context);
};

const apply = (document: BSON.Document, update: BSON.Document | BSON.Document[], given: Given = {}): Document =>
  parsed(update, given).apply(doc(document), { position: given.position, isInsert: given.isInsert ?? false });

const updated = (document: BSON.Document, update: BSON.Document | BSON.Document[], given: Given = {}): string =>
  JSON.stringify(loose(apply(document, update, given)));

const upserted = (filter: BSON.Document, update: BSON.Document): string =>
  JSON.stringify(loose(upsertedDocument(parseFilter(doc(filter), context), parsed(update))));

const codeOf = (work: () => unknown): number => {
  try {
    work();
  } catch (error) {
    return (error as { code: number }).code;
  }
  return 0;
};

describe('an update by operators (facts 10 to 12)', () => {
  it.each<[BSON.Document, BSON.Document, BSON.Document]>([
    [{ a: 1 }, { $set: { a: 2 } }, { a: 2 }],
    [{ z: 1 }, { $set: { c: 1, 'b.y': 2, 'b.x': 1, 10: 1, 9: 1 } }, { 9: 1, 10: 1, z: 1, b: { x: 1, y: 2 }, c: 1 }],
    [{}, { $inc: { z: 1 }, $set: { a: 1 }, $push: { m: 1 } }, { a: 1, m: [1], z: 1 }],
    [{ a: [1, 2] }, { $set: { 'a.1': 5, 'a.4': 9 } }, { a: [1, 5, null, null, 9] }],
    [{}, { $set: { 'a.0': 1 } }, { a: { 0: 1 } }],
    [{ a: { b: 1, c: 2 } }, { $unset: { 'a.b': 1, x: 1, 'a.c.d': 1 } }, { a: { c: 2 } }],
    [{ a: [1, 2] }, { $unset: { 'a.0': 1 } }, { a: [null, 2] }],
    [{ a: 1 }, { $setOnInsert: { b: 1, 'a.x': 2 } }, { a: 1 }],
    [{ a: 1, b: { c: 2 } }, { $rename: { a: 'z', 'b.c': 'y', m: 'n' } }, { b: {}, y: 2, z: 1 }],
    [{ a: 1 }, { $rename: { q: 'a.b', r: 's.t' } }, { a: 1 }],
    [{ a: [1], b: 2 }, { $unset: { 'a.x': 1, 'b.y': 1 } }, { a: [1], b: 2 }],
    [{ b: [1] }, { $pull: { 'a.b': 1 }, $pop: { 'b.7': 1 } }, { b: [1] }],
    [{ a: 5 }, { $min: { a: 3, b: 1 }, $max: { c: 4 } }, { a: 3, b: 1, c: 4 }],
    [{ a: 5 }, { $max: { a: 'x' } }, { a: 'x' }],
    [{ a: 12 }, { $bit: { a: { and: 10, or: 1 }, b: { xor: 5 } } }, { a: 9, b: 5 }],
    [{ a: 2 }, { $mul: { a: 3, b: 3 } }, { a: 6, b: 0 }],
    [{ a: [1] }, { $push: { a: 2, b: { x: 1 } } }, { a: [1, 2], b: [{ x: 1 }] }],
    [{ a: [1, 4] }, { $push: { a: { $each: [3, 2], $position: 1 } } }, { a: [1, 3, 2, 4] }],
    [{ a: [1, 4] }, { $push: { a: { $each: [3], $position: -1 } } }, { a: [1, 3, 4] }],
    [{ a: [1, 4] }, { $push: { a: { $each: [3, 2], $sort: -1, $slice: 3 } } }, { a: [4, 3, 2] }],
    [{ a: [{ x: 2 }, { x: 1 }] }, { $push: { a: { $each: [], $sort: { x: 1 }, $slice: -1 } } }, { a: [{ x: 2 }] }],
    [{ a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] }, b: [3] } }, { a: [1, 2], b: [[3]] }],
    [{ a: [1, 2, 3] }, { $pop: { a: 1 } }, { a: [1, 2] }],
    [{ a: [1, 2, 3] }, { $pop: { a: -1, b: 1 } }, { a: [2, 3] }],
    [{ a: [1, 2, 3, 1] }, { $pull: { a: 1 } }, { a: [2, 3] }],
    [{ a: [1, 5, [7]] }, { $pull: { a: { $gt: 3 } } }, { a: [1, [7]] }],
    [{ a: [{ b: 1, c: 1 }, { b: 2 }, 5] }, { $pull: { a: { b: 1 } } }, { a: [{ b: 2 }, 5] }],
    [{ a: ['xa', 'b'] }, { $pull: { a: /^x/ } }, { a: ['b'] }],
    [{ a: [1, 2, 3] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
    [{ a: 1 }, { $set: {} }, { a: 1 }],
  ])('makes of %j by %j %j', (document, update, expected) => {
    expect(updated(document, update)).toBe(JSON.stringify(expected));
  });

  it('sets the current date by type', () => {
    const result = apply({}, { $currentDate: { a: true, b: { $type: 'date' }, c: { $type: 'timestamp' } } });
    expect(result.get('a')).toEqual(new DateTime(1_700_000_000_000n));
    expect(plain(result)).toEqual({
      a: new Date(1_700_000_000_000),
      b: new Date(1_700_000_000_000),
      c: new BSON.Timestamp({ t: 1_700_000_000, i: 1 }),
    });
  });

  it('leaves the very same document where nothing changes (fact 12)', () => {
    const document = doc({ a: 1, b: [1, 2], c: { d: 1 } });
    for (const update of [
      { $set: { a: 1, 'c.d': 1 } },
      { $inc: { a: 0 } },
      { $unset: { x: 1 } },
      { $addToSet: { b: 2 } },
      { $pull: { b: 9 } },
      { $min: { a: 5 } },
      { $push: { b: { $each: [] } } },
      { a: 1, b: [1, 2], c: { d: 1 } },
      [{ $set: { a: 1 } }],
    ])
      expect(parsed(update).apply(document, { position: undefined, isInsert: false })).toBe(document);
    expect(apply({ a: 1 }, { $set: { a: new Double(1) } })).not.toEqual(doc({ a: 1 }));
  });

  it.each<[BSON.Document, BSON.Document, unknown]>([
    [{ a: new Int32(2147483647) }, { $inc: { a: 1 } }, Long.fromString('2147483648')],
    [{ a: new Int32(1) }, { $inc: { a: new Double(1.5) } }, new Double(2.5)],
    [{ a: Long.fromNumber(1) }, { $inc: { a: 1 } }, Long.fromNumber(2)],
    [{ a: new Double(1) }, { $inc: { a: Decimal128.fromString('1.10') } }, Decimal128.fromString('2.10000000000000')],
    [{ a: new Int32(3) }, { $mul: { a: Decimal128.fromString('1.10') } }, Decimal128.fromString('3.30')],
    [{}, { $mul: { a: Long.fromNumber(5) } }, Long.fromNumber(0)],
  ])('keeps number types apart: %j by %j', (document, update, expected) => {
    expect(plain(apply(document, update))).toEqual({ a: expected });
  });

  it('follows `$`, `$[]` and `$[id]`', () => {
    expect(updated({ a: [1, 2, 3] }, { $set: { 'a.$': 9 } }, { position: 1 })).toBe('{"a":[1,9,3]}');
    expect(updated({ a: [{ b: 1 }, { b: 2 }] }, { $inc: { 'a.$[].b': 10 } })).toBe('{"a":[{"b":11},{"b":12}]}');
    const arrayFilters = [{ 'x.b': { $gte: 2 } }, { y: { $lt: 5 } }];
    expect(
      updated(
        {
          a: [
            { b: 1, c: [1, 9] },
            { b: 2, c: [1, 9] },
          ],
        },
        { $set: { 'a.$[x].c.$[y]': 0 } },
        { arrayFilters },
      ),
    ).toBe('{"a":[{"b":1,"c":[1,9]},{"b":2,"c":[0,9]}]}');
    expect(updated({ a: [{}] }, { $set: { 'a.$[].x': 1, 'a.$[y].y': 2 } }, { arrayFilters: [{ 'y.z': null }] })).toBe(
      '{"a":[{"x":1,"y":2}]}',
    );
    expect(updated({ a: [{}, {}] }, { $set: { 'a.$.x': 1, 'a.1.y': 2 } }, { position: 1 })).toBe(
      '{"a":[{},{"x":1,"y":2}]}',
    );
  });
});

describe('a replacement and a pipeline (fact 10)', () => {
  it('keep the _id, first', () => {
    expect(updated({ _id: 1, a: 1 }, { b: 2 })).toBe('{"_id":1,"b":2}');
    expect(updated({ _id: 1, a: 1 }, { b: 2, _id: 1 })).toBe('{"_id":1,"b":2}');
    expect(updated({ _id: 1, a: 1 }, [{ $replaceWith: { b: '$a' } }, { $set: { c: { $add: ['$b', 1] } } }])).toBe(
      '{"_id":1,"b":1,"c":2}',
    );
    expect(updated({ _id: 1, a: 1, b: 2 }, [{ $unset: ['a'] }, { $project: { _id: 0, b: 1 } }])).toBe(
      '{"_id":1,"b":2}',
    );
  });
});

describe('an upsert (fact 13)', () => {
  it.each<[BSON.Document, BSON.Document, BSON.Document]>([
    [{ a: 1, 'b.c': { $eq: 2 }, d: { $gt: 1 } }, { $set: { x: 1 } }, { a: 1, b: { c: 2 }, x: 1 }],
    [{ $and: [{ a: 1 }, { $or: [{ b: 2 }] }], c: { $all: [3] } }, { $set: { x: 1 } }, { a: 1, b: 2, c: 3, x: 1 }],
    [{ $or: [{ a: 1 }, { b: 2 }], c: /x/, d: { $in: [1, 2] } }, { $set: { x: 1 } }, { x: 1 }],
    [
      { a: 1, _id: 7 },
      { $setOnInsert: { b: 1 }, $inc: { a: 1 } },
      { _id: 7, a: 2, b: 1 },
    ],
    [{ a: 1, _id: 7 }, { b: 1 }, { _id: 7, b: 1 }],
    [{ a: { $in: [1] }, b: { $in: [/x/] } }, { $set: { x: 1 } }, { a: 1, x: 1 }],
    [{ a: [1, 2] }, { $push: { a: 3 } }, { a: [1, 2, 3] }],
  ])('of %j with %j inserts %j', (filter, update, expected) => {
    expect(upserted(filter, update)).toBe(JSON.stringify(expected));
  });

  it.each<[BSON.Document, BSON.Document, number]>([
    [{ a: 1, $and: [{ a: 2 }] }, { $set: { x: 1 } }, 54],
    [{ a: { b: 1 }, 'a.b': 1 }, { $set: { x: 1 } }, 54],
    [{ _id: 1 }, { $set: { _id: 2 } }, 66],
    [{ _id: 1 }, { _id: 2 }, 66],
  ])('of %j with %j is refused with %i', (filter, update, code) => {
    expect(codeOf(() => upserted(filter, update))).toBe(code);
  });
});

describe('an update that is wrong (section 5, table)', () => {
  const refused: readonly (readonly [BSON.Document, BSON.Document | BSON.Document[], number, Given?])[] = [
    [{ _id: 1 }, { $set: { _id: 2 } }, 66],
    [{ _id: 1 }, { $unset: { _id: 1 } }, 66],
    [{ _id: 1 }, { _id: 2 }, 66],
    [{ _id: { a: 1 } }, { $set: { '_id.a': 2 } }, 66],
    [{}, { $foo: { a: 1 } }, 9],
    [{}, { $set: { a: 1 }, b: 1 }, 9],
    [{}, { $set: 1 }, 9],
    [{}, { a: 1, $set: { b: 1 } }, 52],
    [{}, { $set: { $a: 1 } }, 52],
    [{}, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
    [{}, { $set: { a: 1, 'a.b': 1 } }, 40],
    [{}, { $set: { 'a.b': 1, a: 1 } }, 40],
    [{}, { $rename: { a: 'b' }, $set: { 'b.c': 1 } }, 40],
    [{ a: [1] }, { $set: { 'a.$[]': 1, 'a.0': 2 } }, 40],
    [{}, { $set: { '': 1 } }, 56],
    [{}, { $set: { 'a.': 1 } }, 56],
    [{}, { $set: { 'a..b': 1 } }, 56],
    [{ a: 1 }, { $set: { 'a.b': 1 } }, 28],
    [{ a: null }, { $set: { 'a.b': 1 } }, 28],
    [{ a: [1] }, { $set: { 'a.b': 1 } }, 28],
    [{ a: [] }, { $set: { 'a.1500001': 1 } }, 34],
    [{ a: 1 }, { $pull: { 'a.b': 1 } }, 28],
    [{ a: [1] }, { $pop: { 'a.b': 1 } }, 28],
    [{ a: 1 }, { $rename: { 'a.b': 'c' } }, 28],
    [{ a: [1] }, { $rename: { 'a.b': 'c' } }, 28],
    [{ a: 1, b: 2 }, { $rename: { b: 'a.c' } }, 28],
    [{ a: 1 }, { $push: { a: 1 } }, 2],
    [{ a: 1 }, { $addToSet: { a: 1 } }, 2],
    [{ a: 1 }, { $pull: { a: 1 } }, 2],
    [{ a: 1 }, { $pullAll: { a: [1] } }, 2],
    [{ a: 1 }, { $pop: { a: 1 } }, 14],
    [{ a: [] }, { $pop: { a: 2 } }, 9],
    [{ a: [] }, { $pullAll: { a: 1 } }, 2],
    [{ a: [] }, { $push: { a: { $each: 1 } } }, 2],
    [{ a: [] }, { $push: { a: { $each: [], $foo: 1 } } }, 2],
    [{ a: [] }, { $push: { a: { $each: [], $slice: 1.5 } } }, 2],
    [{ a: [] }, { $push: { a: { $each: [], $sort: 2 } } }, 2],
    [{ a: [] }, { $push: { a: { $each: [], $sort: {} } } }, 2],
    [{ a: [] }, { $addToSet: { a: { $each: 1 } } }, 14],
    [{ a: 'x' }, { $inc: { a: 1 } }, 14],
    [{ a: 1 }, { $inc: { a: 'x' } }, 14],
    [{ a: null }, { $mul: { a: 1 } }, 14],
    [{ a: Long.MAX_VALUE }, { $inc: { a: 1 } }, 2],
    [{ a: 1 }, { $bit: { a: { foo: 1 } } }, 2],
    [{ a: 1.5 }, { $bit: { a: { and: 1 } } }, 2],
    [{ a: 1 }, { $rename: { a: 1 } }, 2],
    [{ a: 1 }, { $rename: { a: 'a' } }, 2],
    [{ a: [{ b: 1 }] }, { $rename: { 'a.0.b': 'c' } }, 2],
    [{ a: 1 }, { $rename: { 'a.$': 'c' } }, 2],
    [{}, { $currentDate: { a: 1 } }, 2],
    [{}, { $currentDate: { a: { $type: 'x' } } }, 2],
    [{ a: [1] }, { $set: { 'a.$': 1 } }, 2],
    [{}, { $set: { $: 1 } }, 2],
    [{}, { $set: { 'a.$.b.$': 1 } }, 2],
    [{ a: 1 }, { $set: { 'a.$[]': 1 } }, 2],
    [{}, { $set: { 'a.$[]': 1 } }, 2],
    [{ a: [1] }, { $set: { 'a.$[x]': 1 } }, 2],
    [{ a: [1] }, { $set: { a: 1 } }, 9, { arrayFilters: [{ x: 1 }] }],
    [{ a: [1] }, { $set: { 'a.$[x]': 1 } }, 9, { arrayFilters: [{ x: 1 }, { x: 2 }] }],
    [{ a: [1] }, { $set: { 'a.$[x]': 1 } }, 9, { arrayFilters: [{ x: 1, y: 1 }] }],
    [{ a: [1] }, { $set: { 'a.$[x]': 1 } }, 9, { arrayFilters: [{}] }],
    [{ a: [1] }, { $set: { 'a.$[X]': 1 } }, 2, { arrayFilters: [{ X: 1 }] }],
    [{ a: [1] }, { a: 1 }, 9, { arrayFilters: [{ x: 1 }] }],
    [{ a: [1] }, [{ $set: { a: 1 } }], 9, { arrayFilters: [{ x: 1 }] }],
    [{ a: [1] }, [{ $match: { a: 1 } }], 72],
    [{ a: [1] }, [{ $set: { a: 1 }, $unset: 'b' }], 40323],
    [{ a: 1 }, [{ $replaceWith: '$a' }], 40228],
    [{ _id: 1 }, [{ $set: { _id: 2 } }], 66],
  ];
  for (const [document, update, code, given] of refused)
    it(`${JSON.stringify(document)} by ${JSON.stringify(update)} is refused with ${code}`, () => {
      expect(codeOf(() => apply(document, update, given))).toBe(code);
    });

  it('is found before any document is looked at', () => {
    expect(codeOf(() => parsed({ $set: { a: 1, 'a.b': 2 } }))).toBe(40);
    expect(codeOf(() => parsed({ $set: { 'a.$[x]': 2 } }))).toBe(2);
    expect(codeOf(() => parseUpdate(5, undefined, context))).toBe(9);
    expect(codeOf(() => decodeDocument(Buffer.from([5, 0, 0, 0, 1])))).toBe(22);
  });
});
