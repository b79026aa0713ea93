import { describe, expect, it } from '@jest/globals';
import { BSON } from 'mongodb';

import { parseCollation } from '../collation/index.js';
import { context } from '../expressions/expressions.fixtures.js';
import { doc, plain } from '../values/values.fixtures.js';
import { aggregate, aggregateBson } from './aggregation.fixtures.js';
import { parsePipeline } from './index.js';

const { Decimal128, Double, Int32, Long } = BSON;

const codeOf = (pipeline: BSON.Document[], documents: BSON.Document[] = [{ _id: 1, a: 'x' }]): number => {
  try {
    aggregate(pipeline, documents);
  } catch (error) {
    return (error as { code: number }).code;
  }
  return 0;
};

const sales = [
  { _id: 1, item: 'a', price: 10, tags: ['x', 'y'] },
  { _id: 2, item: 'b', price: 20, tags: ['y'] },
  { _id: 3, item: 'a', price: 5, tags: [] },
  { _id: 4, item: null, price: 7 },
  { _id: 5, price: 'free', tags: 'z' },
];

describe('a group (section 6)', () => {
  it('accumulates each value of its key, missing ones under null', () => {
    const pipeline = [
      {
        $group: {
          _id: '$item',
          sum: { $sum: '$price' },
          avg: { $avg: '$price' },
          min: { $min: '$price' },
          max: { $max: '$price' },
          first: { $first: '$_id' },
          last: { $last: '$_id' },
          ids: { $push: '$_id' },
          n: { $count: {} },
        },
      },
    ];
    expect(aggregate(pipeline, sales)).toEqual([
      { _id: 'a', sum: 15, avg: 7.5, min: 5, max: 10, first: 1, last: 3, ids: [1, 3], n: 2 },
      { _id: 'b', sum: 20, avg: 20, min: 20, max: 20, first: 2, last: 2, ids: [2], n: 1 },
      { _id: null, sum: 7, avg: 7, min: 7, max: 'free', first: 4, last: 5, ids: [4, 5], n: 2 },
    ]);
  });

  it('keeps the number types of sums and means', () => {
    const documents = [
      { i: 2147483647, l: Long.fromNumber(1), d: 0.1, m: Decimal128.fromString('1.10') },
      { i: 1, d: 0.2 },
      { d: 0.3 },
    ];
    const [result] = aggregateBson(
      [
        {
          $group: {
            _id: null,
            i: { $sum: '$i' },
            l: { $sum: '$l' },
            d: { $sum: '$d' },
            m: { $sum: '$m' },
            a: { $avg: '$l' },
          },
        },
      ],
      documents,
    );
    expect(result && plain(result)).toEqual({
      _id: null,
      i: Long.fromString('2147483648'),
      l: Long.fromNumber(1),
      d: new Double(0.6),
      m: Decimal128.fromString('1.10'),
      a: new Double(1),
    });
  });

  it('takes numbers of one value as one key, and strings by the collation', () => {
    const documents = [{ a: 1 }, { a: new Double(1) }, { a: Long.fromNumber(1) }];
    expect(aggregateBson([{ $group: { _id: '$a' } }], documents).map(plain)).toEqual([{ _id: new Int32(1) }]);
    const query = { ...context, collation: parseCollation(doc({ locale: 'en', strength: 2 })) };
    const names = [{ a: 'b' }, { a: 'A' }, { a: 'a' }];
    expect(aggregate([{ $group: { _id: '$a', n: { $sum: 1 } } }, { $sort: { _id: 1 } }], names, {}, query)).toEqual([
      { _id: 'A', n: 2 },
      { _id: 'b', n: 1 },
    ]);
  });

  it('keeps several by order and by size', () => {
    const pipeline = [
      {
        $group: {
          _id: null,
          top: { $top: { sortBy: { p: -1 }, output: '$_id' } },
          bottom: { $bottomN: { n: 2, sortBy: { p: -1 }, output: '$_id' } },
          firstN: { $firstN: { n: 2, input: '$p' } },
          lastN: { $lastN: { n: 2, input: '$p' } },
          minN: { $minN: { n: 2, input: '$p' } },
          maxN: { $maxN: { n: 2, input: '$p' } },
          set: { $addToSet: '$s' },
          merged: { $mergeObjects: '$o' },
          deviation: { $stdDevPop: '$p' },
        },
      },
    ];
    const documents = [
      { _id: 1, p: 3, s: 'a', o: { x: 1 } },
      { _id: 2, p: 9, s: 'b', o: { x: 2, y: 3 } },
      { _id: 3, p: 6, s: 'a' },
    ];
    expect(aggregate(pipeline, documents)).toEqual([
      {
        _id: null,
        top: 2,
        bottom: [3, 1],
        firstN: [3, 9],
        lastN: [9, 6],
        minN: [3, 6],
        maxN: [9, 6],
        set: ['a', 'b'],
        merged: { x: 2, y: 3 },
        deviation: Math.sqrt(6),
      },
    ]);
  });
});

describe('the stages (section 6)', () => {
  it.each<[string, BSON.Document[], BSON.Document[]]>([
    [
      'match, sort and limit',
      [{ $match: { price: { $gt: 5 } } }, { $sort: { price: -1 } }, { $limit: 2 }, { $project: { price: 1 } }],
      [
        { _id: 2, price: 20 },
        { _id: 1, price: 10 },
      ],
    ],
    ['limit before match', [{ $limit: 2 }, { $match: { item: 'b' } }, { $project: { _id: 1 } }], [{ _id: 2 }]],
    [
      'sort and limit behind others',
      [{ $project: { price: 1 } }, { $sort: { price: 1 } }, { $limit: 1 }],
      [{ _id: 3, price: 5 }],
    ],
    ['skip and count', [{ $skip: 2 }, { $count: 'n' }], [{ n: 3 }]],
    ['count of nothing', [{ $match: { item: 'z' } }, { $count: 'n' }], []],
    [
      'unwind',
      [{ $unwind: '$tags' }, { $project: { tags: 1 } }],
      [
        { _id: 1, tags: 'x' },
        { _id: 1, tags: 'y' },
        { _id: 2, tags: 'y' },
        { _id: 5, tags: 'z' },
      ],
    ],
    [
      'unwind that keeps',
      [
        { $unwind: { path: '$tags', includeArrayIndex: 'i', preserveNullAndEmptyArrays: true } },
        { $match: { _id: { $in: [2, 3, 4] } } },
        { $project: { tags: 1, i: 1 } },
      ],
      [
        { _id: 2, tags: 'y', i: 0 },
        { _id: 3, i: null },
        { _id: 4, i: null },
      ],
    ],
    ['sortByCount', [{ $sortByCount: '$item' }, { $limit: 1 }], [{ _id: 'a', count: 2 }]],
    ['replaceRoot', [{ $limit: 1 }, { $replaceRoot: { newRoot: { x: '$price' } } }], [{ x: 10 }]],
    [
      'facet',
      [
        {
          $facet: {
            n: [{ $count: 'n' }],
            cheap: [{ $match: { price: { $lt: 6 } } }, { $project: { _id: 1 } }],
            two: [{ $sort: { _id: -1 } }, { $limit: 1 }, { $project: { _id: 1 } }],
          },
        },
      ],
      [{ n: [{ n: 5 }], cheap: [{ _id: 3 }], two: [{ _id: 5 }] }],
    ],
    [
      'bucket',
      [
        {
          $bucket: { groupBy: '$price', boundaries: [0, 10, 30], default: 'other', output: { ids: { $push: '$_id' } } },
        },
      ],
      [
        { _id: 0, ids: [3, 4] },
        { _id: 10, ids: [1, 2] },
        { _id: 'other', ids: [5] },
      ],
    ],
    [
      'bucketAuto',
      [{ $match: { price: { $type: 'number' } } }, { $bucketAuto: { groupBy: '$price', buckets: 2 } }],
      [
        { _id: { min: 5, max: 10 }, count: 2 },
        { _id: { min: 10, max: 20 }, count: 2 },
      ],
    ],
    ['documents', [{ $documents: [{ a: { $add: [1, 2] } }] }, { $set: { b: 1 } }], [{ a: 3, b: 1 }]],
  ])('%s', (_, pipeline, expected) => {
    expect(aggregate(pipeline, sales)).toEqual(expected);
  });

  it('look up by equal fields, arrays and missing ones included', () => {
    const stock = [{ _id: 1, k: 'x' }, { _id: 2, k: ['y', 'q'] }, { _id: 3 }];
    const pipeline = [
      { $lookup: { from: 'stock', localField: 'tags', foreignField: 'k', as: 'o.found' } },
      { $project: { ids: '$o.found._id' } },
    ];
    expect(aggregate(pipeline, sales, { stock })).toEqual([
      { _id: 1, ids: [1, 2] },
      { _id: 2, ids: [2] },
      { _id: 3, ids: [] },
      { _id: 4, ids: [3] },
      { _id: 5, ids: [] },
    ]);
  });

  it('look up by a pipeline with variables, and unite', () => {
    const stock = [
      { _id: 1, least: 6 },
      { _id: 2, least: 15 },
    ];
    const pipeline = [
      { $match: { _id: { $lte: 2 } } },
      {
        $lookup: {
          from: 'stock',
          let: { p: '$price' },
          pipeline: [{ $match: { $expr: { $gte: ['$$p', '$least'] } } }, { $project: { _id: 1 } }],
          as: 's',
        },
      },
      { $project: { s: 1 } },
      { $unionWith: { coll: 'stock', pipeline: [{ $match: { _id: 2 } }] } },
    ];
    expect(aggregate(pipeline, sales, { stock })).toEqual([
      { _id: 1, s: [{ _id: 1 }] },
      { _id: 2, s: [{ _id: 1 }, { _id: 2 }] },
      { _id: 2, least: 15 },
    ]);
  });

  it('look up graphs step by step', () => {
    const people = [
      { _id: 'a', boss: 'b' },
      { _id: 'b', boss: 'c' },
      { _id: 'c', boss: 'a' },
    ];
    const pipeline = [
      { $limit: 1 },
      {
        $graphLookup: {
          from: 'people',
          startWith: 'a',
          connectFromField: 'boss',
          connectToField: '_id',
          as: 'x',
          maxDepth: 1,
          depthField: 'd',
        },
      },
      { $project: { _id: 0, x: 1 } },
    ];
    expect(aggregate(pipeline, sales, { people })).toEqual([
      {
        x: [
          { _id: 'a', boss: 'b', d: 0 },
          { _id: 'b', boss: 'c', d: 1 },
        ],
      },
    ]);
  });

  it('redact level by level', () => {
    const documents = [{ level: 1, a: { level: 5, s: 1 }, b: [{ level: 1, t: 2 }, { level: 9 }] }];
    const pipeline = [{ $redact: { $cond: [{ $gt: ['$level', 3] }, '$$PRUNE', '$$DESCEND'] } }];
    expect(aggregate(pipeline, documents)).toEqual([{ level: 1, b: [{ level: 1, t: 2 }] }]);
  });

  it('set window fields', () => {
    const documents = [
      { k: 'x', v: 1 },
      { k: 'x', v: 4 },
      { k: 'y', v: 2 },
      { k: 'x', v: 4 },
    ];
    const pipeline = [
      {
        $setWindowFields: {
          partitionBy: '$k',
          sortBy: { v: 1 },
          output: {
            running: { $sum: '$v', window: { documents: ['unbounded', 'current'] } },
            near: { $sum: '$v', window: { range: [-1, 1] } },
            all: { $max: '$v' },
            rank: { $rank: {} },
            n: { $documentNumber: {} },
            next: { $shift: { output: '$v', by: 1, default: -1 } },
          },
        },
      },
    ];
    expect(aggregate(pipeline, documents)).toEqual([
      { k: 'x', v: 1, running: 1, near: 1, all: 4, rank: 1, n: 1, next: 4 },
      { k: 'x', v: 4, running: 5, near: 8, all: 4, rank: 2, n: 2, next: 4 },
      { k: 'x', v: 4, running: 9, near: 8, all: 4, rank: 2, n: 3, next: -1 },
      { k: 'y', v: 2, running: 2, near: 2, all: 2, rank: 1, n: 1, next: -1 },
    ]);
  });

  it('leave what leads to the reader of the collection', () => {
    const stages = [
      { $match: { a: 1 } },
      { $sort: { b: 1 } },
      { $limit: 5 },
      { $project: { a: 1 } },
      { $out: 'x' },
    ].map(doc);
    const sources = { find: () => [], describe: () => [] };
    const pipeline = parsePipeline(stages, { query: context, sources, allowDiskUse: false });
    expect(pipeline.stages).toEqual(['$project']);
    expect(pipeline.output).toEqual({ stage: '$out', specification: 'x' });
    expect(pipeline.selection).toMatchObject({
      filter: { path: 'a', operator: '$eq' },
      sort: [{ path: 'b', direction: 1 }],
      limit: 5,
    });
  });
});

describe('$fill and $densify (section 6)', () => {
  it('$fill puts values, the last one, or those on a straight line in the place of missing ones', () => {
    const documents = [
      { _id: 1, t: 0, a: 10, b: 'x' },
      { _id: 2, t: 1, a: null },
      { _id: 3, t: 4, a: 30 },
    ];
    const output = { a: { method: 'linear' }, b: { method: 'locf' }, c: { value: 7 } };
    expect(aggregate([{ $fill: { sortBy: { t: 1 }, output } }], documents)).toEqual([
      { _id: 1, t: 0, a: 10, b: 'x', c: 7 },
      { _id: 2, t: 1, a: 15, b: 'x', c: 7 },
      { _id: 3, t: 4, a: 30, b: 'x', c: 7 },
    ]);
  });

  it('$fill stays within a partition', () => {
    const documents = [
      { k: 'a', n: 1 },
      { k: 'b', n: null },
    ];
    const fill = { sortBy: { k: 1 }, partitionByFields: ['k'], output: { n: { method: 'locf' } } };
    expect(aggregate([{ $fill: fill }], documents)).toEqual([
      { k: 'a', n: 1 },
      { k: 'b', n: null },
    ]);
  });

  it('$densify makes the numbers that are missing, in each partition', () => {
    const documents = [
      { k: 'a', n: 1 },
      { k: 'a', n: 3 },
      { k: 'b', n: 2 },
    ];
    const densify = (bounds: unknown): unknown =>
      aggregate([{ $densify: { field: 'n', partitionByFields: ['k'], range: { step: 1, bounds } } }], documents);
    expect(densify('partition')).toEqual([
      { k: 'a', n: 1 },
      { k: 'a', n: 2 },
      { k: 'a', n: 3 },
      { k: 'b', n: 2 },
    ]);
    expect(densify('full')).toHaveLength(6);
    expect(densify([3, 5])).toEqual([
      { k: 'a', n: 1 },
      { k: 'a', n: 3 },
      { k: 'a', n: 4 },
      { k: 'b', n: 2 },
      { k: 'b', n: 3 },
      { k: 'b', n: 4 },
    ]);
  });

  it('$densify makes the dates that are missing', () => {
    const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));
    const range = { step: 1, unit: 'day', bounds: 'full' };
    expect(aggregate([{ $densify: { field: 'd', range } }], [{ d: day(30) }, { d: day(33) }])).toEqual([
      { d: day(30) },
      { d: day(31) },
      { d: day(32) },
      { d: day(33) },
    ]);
  });
});

describe('numbers over windows and groups (section 6)', () => {
  const documents = [
    { t: 1, n: 4 },
    { t: 2, n: 8 },
    { t: 4, n: 2 },
  ];

  it.each([
    [{ $median: { input: '$n', method: 'approximate' } }, 4],
    [{ $percentile: { input: '$n', p: [0, 0.9], method: 'approximate' } }, [2, 8]],
  ])('%j of a group', (accumulator, expected) => {
    expect(aggregate([{ $group: { _id: null, r: accumulator } }], documents)).toEqual([{ _id: null, r: expected }]);
  });

  it('$median of an array', () => {
    const median = { $median: { input: [3, 1, 'x', 2], method: 'approximate' } };
    expect(aggregate([{ $limit: 1 }, { $project: { _id: 0, r: median } }], documents)).toEqual([{ r: 2 }]);
  });

  it.each([
    [{ $expMovingAvg: { input: '$n', alpha: 0.5 } }, [4, 6, 4]],
    [{ $derivative: { input: '$n' }, window: { documents: [-1, 0] } }, [null, 4, -3]],
    [{ $integral: { input: '$n' }, window: { documents: ['unbounded', 'current'] } }, [0, 6, 16]],
    [{ $covarianceSamp: ['$t', '$n'], window: { documents: [-1, 0] } }, [null, 2, -6]],
    [{ $sum: '$n', window: { range: [-1, 0] } }, [4, 12, 2]],
  ])('%j over a window', (r, expected) => {
    const stage = { $setWindowFields: { sortBy: { t: 1 }, output: { r } } };
    expect(aggregate([stage], documents).map((document) => document['r'] as unknown)).toEqual(expected);
  });

  it('a range of time around each document', () => {
    const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 1, hour));
    const r = { $sum: 1, window: { range: [-1, 'current'], unit: 'hour' } };
    const stage = { $setWindowFields: { sortBy: { at: 1 }, output: { r } } };
    const found = aggregate([stage], [{ at: at(1) }, { at: at(2) }, { at: at(5) }]);
    expect(found.map((document) => document['r'] as unknown)).toEqual([1, 2, 1]);
  });

  it.each([
    [{ $group: { _id: 1, r: { $median: { input: '$n', method: 'exact' } } } }, 2],
    [{ $group: { _id: 1, r: { $percentile: { input: '$n', p: [2], method: 'approximate' } } } }, 7750303],
    [{ $densify: { field: 'n', range: { step: 0, bounds: 'full' } } }, 5733401],
    [{ $fill: { output: { n: { method: 'guess' } } } }, 6050202],
    [{ $fill: {} }, 40414],
  ])('%j is refused with %i', (stage, code) => {
    expect(codeOf([stage])).toBe(code);
  });
});

describe('a pipeline that is wrong (section 6, table)', () => {
  it.each<[BSON.Document[], number]>([
    [[{ $foo: 1 }], 40324],
    [[{ $match: {}, $sort: {} }], 40323],
    [[{}], 40323],
    [[{ $group: { n: { $sum: 1 } } }], 15955],
    [[{ $group: { _id: 1, n: { $foo: 1 } } }], 15952],
    [[{ $group: { _id: 1, n: { $accumulator: {} } } }], 168],
    [[{ $group: { _id: 1, n: 1 } }], 40234],
    [[{ $group: { _id: 1, n: { $sum: [1, 2] } } }], 40237],
    [[{ $group: { _id: 1, n: { $sum: 1, $avg: 1 } } }], 40238],
    [[{ $group: 1 }], 15947],
    [[{ $set: { a: { $foo: 1 } } }], 31325],
    [[{ $set: { b: { $add: ['$a', 1] } } }], 16554],
    [[{ $set: { b: { $divide: [1, 0] } } }], 2],
    [[{ $set: { b: '$$nope' } }], 17276],
    [[{ $set: 1 }], 40272],
    [[{ $project: { a: 1, 'a.b': 1 } }], 31249],
    [[{ $sort: { a: 5 } }], 15975],
    [[{ $sort: 1 }], 15973],
    [[{ $sort: {} }], 15976],
    [[{ $limit: 0 }], 15958],
    [[{ $limit: 'x' }], 5107201],
    [[{ $skip: -1 }], 5107200],
    [[{ $count: '' }], 40157],
    [[{ $unwind: 'a' }], 28818],
    [[{ $unwind: {} }], 28812],
    [[{ $lookup: { from: 'x' } }], 9],
    [[{ $facet: {} }], 40169],
    [[{ $facet: { a: [{ $out: 'x' }] } }], 40600],
    [[{ $out: 'x' }, { $match: {} }], 40601],
    [[{ $match: {} }, { $documents: [] }], 40602],
    [[{ $changeStream: {} }], 40573],
    [[{ $replaceWith: '$a' }], 40228],
    [[{ $geoNear: {} }], 40324],
  ])('%j is refused with %i', (pipeline, code) => {
    expect(codeOf(pipeline)).toBe(code);
  });
});
