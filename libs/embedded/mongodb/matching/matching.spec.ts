import { describe, expect, it } from '@jest/globals';
import { BSON } from 'mongodb';

import { parseCollation } from '../collation/index.js';
import { context } from '../expressions/expressions.fixtures.js';
import { doc } from '../values/values.fixtures.js';
import { matches, parseFilter, regexPrefix } from './index.js';
import { Regex } from '../values/index.js';
import type { MatchDetails } from './index.js';

const { Binary, Decimal128, Double, Long, MaxKey, MinKey } = BSON;

const isMatch = (filter: BSON.Document, document: BSON.Document): boolean =>
  matches(parseFilter(doc(filter), context), doc(document));

const codeOf = (filter: BSON.Document): number => {
  try {
    parseFilter(doc(filter), context);
  } catch (error) {
    return (error as { code: number }).code;
  }
  return 0;
};

const position = (filter: BSON.Document, document: BSON.Document): number | undefined => {
  const details: MatchDetails = { position: undefined };
  matches(parseFilter(doc(filter), context), doc(document), details);
  return details.position;
};

/** Filter, documents that meet it, documents that do not. */
type Row = readonly [BSON.Document, readonly BSON.Document[], readonly BSON.Document[]];

const rows: readonly Row[] = [
  [{}, [{}, { a: 1 }], []],
  [{ a: null }, [{}, { a: null }, { a: [1, null] }], [{ a: [] }, { a: [[]] }, { a: {} }, { a: 0 }]],
  [
    { 'a.b': null },
    [{}, { a: null }, { a: 1 }, { a: {} }, { a: { b: null } }, { a: [{ c: 1 }, 1] }],
    [{ a: [] }, { a: [[]] }, { a: [1, 's'] }, { a: [null] }, { a: { b: 1 } }],
  ],
  [{ a: { $exists: false } }, [{}, { b: 1 }], [{ a: null }, { a: [] }]],
  [{ 'a.b': { $exists: false } }, [{ a: 1 }, { a: [1] }, {}], [{ a: { b: null } }, { a: [{ b: 1 }, {}] }]],
  [
    { a: 1 },
    [{ a: 1 }, { a: new Double(1) }, { a: Long.fromNumber(1) }, { a: Decimal128.fromString('1.0') }, { a: [2, 1] }],
    [{ a: '1' }, { a: [[1]] }],
  ],
  [{ a: [1, 2] }, [{ a: [1, 2] }, { a: [[1, 2]] }], [{ a: [2, 1] }, { a: [1, 2, 3] }, { a: 1 }]],
  [{ a: { x: 1, y: 2 } }, [{ a: { x: 1, y: 2 } }, { a: [{ x: 1, y: 2 }] }], [{ a: { y: 2, x: 1 } }, { a: { x: 1 } }]],
  [{ a: { y: 2, $lt: 1 } }, [{ a: { y: 2, $lt: 1 } }], [{ a: 0 }]],
  [{ 'a.0': 5 }, [{ a: [5] }, { a: { 0: 5 } }, { a: [{ 0: 5 }] }], [{ a: [4, 5] }, { a: [[5]] }]],
  [{ 'a.b': 5 }, [{ a: { b: 5 } }, { a: [{ b: 4 }, { b: 5 }] }, { a: { b: [5] } }], [{ a: [[{ b: 5 }]] }]],
  [{ a: { $lt: 5 } }, [{ a: 4 }, { a: [9, 1] }], [{ a: 5 }, { a: '4' }, { a: null }, { a: NaN }, {}]],
  [{ a: { $gte: 'b' } }, [{ a: 'b' }, { a: 'c' }], [{ a: 'a' }, { a: 5 }, { a: ['a'] }]],
  [{ a: { $lte: null } }, [{}, { a: null }], [{ a: 0 }]],
  [{ a: { $gt: null } }, [], [{}, { a: null }, { a: 0 }]],
  [{ a: { $gte: NaN } }, [{ a: NaN }], [{ a: 1 }]],
  [{ a: { $gt: new MinKey() } }, [{ a: 1 }, { a: 'x' }, {}], [{ a: new MinKey() }]],
  [{ a: { $lt: new MaxKey() } }, [{ a: 1 }, { a: { b: 1 } }], [{ a: new MaxKey() }]],
  [{ a: { $gt: [1] } }, [{ a: [2] }, { a: [1, 1] }], [{ a: 2 }, { a: [1] }]],
  [{ a: { $gt: 1, $lt: 5 } }, [{ a: 3 }, { a: [0, 9] }], [{ a: 1 }, { a: [0, 1] }]],
  [{ a: { $ne: 1 } }, [{}, { a: 2 }, { a: '1' }], [{ a: 1 }, { a: [2, 1] }]],
  [{ a: { $in: [1, /^x/, null] } }, [{ a: 1 }, { a: 'xy' }, {}, { a: ['xy'] }], [{ a: 2 }, { a: 'yx' }]],
  [{ a: { $in: [1, 2, 3, 4, 5, 6, 7, 8, [9]] } }, [{ a: new Double(8) }, { a: [9] }], [{ a: 9 }, {}]],
  [{ a: { $nin: [1, null] } }, [{ a: 2 }], [{ a: 1 }, {}, { a: [1] }]],
  [{ a: { $in: [] } }, [], [{}, { a: 1 }]],
  [{ a: { $not: { $gt: 5 } } }, [{ a: 5 }, { a: 'x' }, {}], [{ a: 6 }, { a: [1, 6] }]],
  [{ a: { $not: /x/ } }, [{ a: 'y' }, { a: 1 }], [{ a: 'x' }]],
  [{ a: { $all: [1, 2] } }, [{ a: [2, 3, 1] }], [{ a: [1] }, { a: 1 }]],
  [{ a: { $all: [[1, 2]] } }, [{ a: [1, 2] }, { a: [[1, 2]] }], [{ a: [2, 1] }]],
  [{ a: { $all: [] } }, [], [{ a: [] }, {}]],
  [
    { a: { $all: [{ $elemMatch: { x: 1 } }, { $elemMatch: { x: 2 } }] } },
    [{ a: [{ x: 1 }, { x: 2 }] }],
    [{ a: [{ x: 1 }] }],
  ],
  [
    { a: { $elemMatch: { b: 1, c: 2 } } },
    [{ a: [{ b: 1, c: 2 }] }],
    [{ a: [{ b: 1 }, { c: 2 }] }, { a: { b: 1, c: 2 } }],
  ],
  [{ a: { $elemMatch: { $gt: 1, $lt: 5 } } }, [{ a: [0, 3] }], [{ a: [0, 9] }, { a: 3 }, { a: [[3]] }]],
  [{ a: { $elemMatch: { $elemMatch: { $eq: 3 } } } }, [{ a: [[3]] }], [{ a: [3] }]],
  [{ a: { $elemMatch: { 0: 3 } } }, [{ a: [[3]] }], [{ a: [3] }]],
  [{ a: { $size: 2 } }, [{ a: [1, 2] }], [{ a: [1] }, { a: [[1, 2]] }, {}]],
  [{ a: { $size: new Double(0) } }, [{ a: [] }], [{ a: [1] }]],
  [{ a: { $type: 'number' } }, [{ a: 1 }, { a: 1.5 }, { a: ['x', 2] }], [{ a: '1' }, {}]],
  [{ a: { $type: [new Double(2), 'array'] } }, [{ a: 'x' }, { a: [] }], [{ a: 1 }]],
  [{ a: { $type: -1 } }, [{ a: new MinKey() }], [{ a: 1 }]],
  [{ a: { $mod: [4, 1] } }, [{ a: 5 }, { a: 5.9 }, { a: Long.fromNumber(9) }], [{ a: 4 }, { a: '5' }, { a: NaN }]],
  [{ a: { $regex: '^A', $options: 'i' } }, [{ a: 'abc' }, { a: ['x', 'Ab'] }], [{ a: 'ba' }, { a: 1 }]],
  [{ a: /b$/m }, [{ a: 'b\nc' }], [{ a: 'bc' }]],
  [{ a: /a.c/ }, [{ a: 'abc' }, { a: 'a\rc' }], [{ a: 'a\nc' }]],
  [{ a: { $regex: 'a b # c', $options: 'x' } }, [{ a: 'ab' }], [{ a: 'a b' }]],
  [{ a: { $regex: '(?i)\\Ax[[:digit:]]\\-\\Q.*\\E\\z' } }, [{ a: 'X1-.*' }], [{ a: 'x1-aa' }]],
  [{ a: { $bitsAllSet: 6 } }, [{ a: 7 }, { a: -1 }, { a: new Binary(Buffer.from([6])) }], [{ a: 2 }, { a: 6.5 }]],
  [{ a: { $bitsAnyClear: [0] } }, [{ a: Decimal128.fromString('0.1') }], [{ a: 0.5 }, { a: 1 }]],
  [{ a: { $bitsAnyClear: [1, 70] } }, [{ a: 7 }], [{ a: -1 }]],
  [{ $or: [{ a: 1 }, { b: 1 }] }, [{ a: 1 }, { b: 1 }], [{}]],
  [{ $nor: [{ a: 1 }, { b: 1 }] }, [{}], [{ a: 1 }]],
  [{ $and: [{ a: 1 }, { b: 1 }], $comment: 'x' }, [{ a: 1, b: 1 }], [{ a: 1 }]],
  [
    { $expr: { $gt: ['$a', '$b'] } },
    [
      { a: 2, b: 1 },
      { a: 'x', b: 1 },
    ],
    [{ a: 1, b: 2 }],
  ],
  [
    { $jsonSchema: { required: ['a'], properties: { a: { bsonType: 'int', minimum: 3 }, b: { enum: [1, 'x'] } } } },
    [{ a: 3 }, { a: 4, b: 'x' }],
    [{}, { a: 2 }, { a: 3.5 }, { a: 3, b: 2 }],
  ],
  [
    {
      $jsonSchema: {
        properties: { a: { type: 'array', items: { type: 'string' }, uniqueItems: true } },
        additionalProperties: false,
      },
    },
    [{ a: ['x', 'y'] }, {}],
    [{ a: ['x', 'x'] }, { a: [1] }, { b: 1 }],
  ],
];

describe('a filter (section 4)', () => {
  for (const [filter, yes, no] of rows) {
    const title = BSON.EJSON.stringify(filter);
    it(`${title} finds and leaves out what it should`, () => {
      expect(yes.filter((document) => !isMatch(filter, document))).toEqual([]);
      expect(no.filter((document) => isMatch(filter, document))).toEqual([]);
    });
  }

  it('compares strings by its collation', () => {
    const collation = parseCollation(doc({ locale: 'en', strength: 2 }));
    const filter = parseFilter(doc({ a: { $in: ['ABC'] }, b: { $gte: 'b' } }), { ...context, collation });
    expect(matches(filter, doc({ a: 'abc', b: 'B' }))).toBe(true);
    expect(matches(filter, doc({ a: 'abd', b: 'B' }))).toBe(false);
  });

  it('tells the position of the outermost array for `$`', () => {
    expect(position({ a: 2 }, { a: [1, 2] })).toBe(1);
    expect(position({ 'a.b': 2 }, { a: [{ b: 1 }, { b: [2] }] })).toBe(1);
    expect(position({ a: { $elemMatch: { $gt: 2 } } }, { a: [1, 2, 3] })).toBe(2);
    expect(position({ a: 1 }, { a: 1 })).toBe(undefined);
    expect(position({ 'a.1.b': 3 }, { a: [{}, { b: [1, 3] }] })).toBe(1);
  });
});

describe('a filter that is wrong (section 4, errors)', () => {
  it.each<[BSON.Document, number]>([
    [{ x: { $lt: 1, y: 2 } }, 2],
    [{ $foo: 1 }, 2],
    [{ a: { $foo: 1 } }, 2],
    [{ $and: [] }, 2],
    [{ $or: {} }, 2],
    [{ $nor: [1] }, 2],
    [{ a: { $gt: /x/ } }, 2],
    [{ a: { $ne: /x/ } }, 2],
    [{ a: { $in: 1 } }, 2],
    [{ a: { $in: [{ $gt: 1 }] } }, 2],
    [{ a: { $regex: '(' } }, 51091],
    [{ a: { $regex: 'a(?>b)' } }, 51091],
    [{ a: { $regex: 'a', $options: 'q' } }, 51108],
    [{ a: { $options: 'i' } }, 2],
    [{ a: { $type: 'foo' } }, 2],
    [{ a: { $type: { b: 1 } } }, 14],
    [{ a: { $type: [] } }, 9],
    [{ a: { $type: 99 } }, 2],
    [{ a: { $mod: [0, 1] } }, 2],
    [{ a: { $mod: [2] } }, 2],
    [{ a: { $size: -1 } }, 2],
    [{ a: { $size: 1.5 } }, 2],
    [{ a: { $elemMatch: 1 } }, 2],
    [{ a: { $not: 1 } }, 2],
    [{ a: { $not: {} } }, 2],
    [{ a: { $all: 1 } }, 2],
    [{ a: { $all: [{ $gt: 1 }] } }, 2],
    [{ a: { $bitsAllSet: -1 } }, 9],
    [{ a: { $bitsAllSet: 'x' } }, 2],
    [{ $where: '1' }, 2],
    [{ $text: { $search: 'x' } }, 2],
    [{ a: { $near: [1, 2] } }, 2],
    [{ $expr: { $foo: 1 } }, 168],
    [{ $jsonSchema: { foo: 1 } }, 9],
    [{ $jsonSchema: { required: 'a' } }, 14],
  ])('%j is refused with %i', (filter, code) => {
    expect(codeOf(filter)).toBe(code);
  });
});

describe('what an index can make of a regex (fact 16)', () => {
  it.each<[string, string, unknown]>([
    ['^abc', '', { prefix: 'abc', exact: true }],
    ['^abc.*', 's', { prefix: 'abc', exact: true }],
    ['^ab+c', '', { prefix: 'ab', exact: false }],
    ['^ab*', '', { prefix: 'a', exact: false }],
    ['^a\\.b', '', { prefix: 'a.b', exact: true }],
    ['^a|b', '', undefined],
    ['^a', 'i', undefined],
    ['a', '', undefined],
    ['^ab{2}', '', { prefix: 'a', exact: false }],
  ])('/%s/%s', (pattern, flags, expected) => {
    expect(regexPrefix(new Regex(pattern, flags))).toEqual(expected);
  });
});
