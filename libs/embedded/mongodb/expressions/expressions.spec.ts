import { describe, expect, it } from '@jest/globals';
import { BSON } from 'mongodb';

import { doc, plain } from '../values/values.fixtures.js';
import { Document } from '../values/index.js';
import { compileExpression } from './index.js';
import { context } from './expressions.fixtures.js';

const { Binary, Decimal128, Double, Int32, Long, ObjectId, Timestamp } = BSON;

const int = (value: number) => new Int32(value);
const double = (value: number) => new Double(value);
const long = (text: string) => Long.fromString(text);
const decimal = (text: string) => Decimal128.fromString(text);
const at = (text: string) => new Date(text);

/** The value of an expression as the driver gives it, types kept; undefined if missing. */
const evaluate = (expression: unknown, document: BSON.Document = {}): unknown => {
  const compiled = compileExpression(doc({ e: expression }).get('e') ?? null, context);
  const value = compiled(doc(document));
  return value === undefined ? undefined : (plain(Document.of({ value }))['value'] as unknown);
};

const codeOf = (expression: unknown, document: BSON.Document = {}): number => {
  try {
    evaluate(expression, document);
  } catch (error) {
    return (error as { code: number }).code;
  }
  return 0;
};

const table = (rows: readonly (readonly [unknown, unknown, BSON.Document?])[]): void => {
  for (const [expression, expected, document] of rows)
    it(`${BSON.EJSON.stringify(expression)} is ${BSON.EJSON.stringify(expected ?? 'missing')}`, () => {
      expect(evaluate(expression, document ?? {})).toEqual(expected);
    });
};

describe('field paths and variables', () => {
  const document = { a: { b: 1 }, l: [{ x: 1 }, { y: 2 }, 3, { x: [4] }] };
  table([
    ['$a.b', int(1), document],
    ['$l.x', [int(1), [int(4)]], document],
    ['$l.0', [], document],
    ['$nope.b', undefined, document],
    ['$$ROOT.a', { b: int(1) }, document],
    ['$$CURRENT.a.b', int(1), document],
    [{ x: '$a.b', y: '$nope' }, { x: int(1) }, document],
    [['$a.b', '$nope'], [int(1), null], document],
    ['$$NOW', at('2023-11-14T22:13:20.000Z')],
    [{ $literal: '$a' }, '$a'],
    [{ $let: { vars: { x: '$a.b' }, in: { $add: ['$$x', 1] } } }, int(2), document],
    [{ $let: { vars: { CURRENT: '$a' }, in: '$b' } }, int(1), document],
    [{ $rand: {} }, double(0.25)],
  ]);
});

describe('arithmetic keeps the number types', () => {
  table([
    [{ $add: [1, 2] }, int(3)],
    [{ $add: [int(2147483647), 1] }, long('2147483648')],
    [{ $add: [long('9223372036854775807'), 1] }, double(9223372036854775808)],
    [{ $add: [0.1, 0.2, 0.3] }, double(0.6)],
    [{ $add: [1, decimal('0.10')] }, decimal('1.10')],
    [{ $add: [0.1, decimal('1')] }, decimal('1.100000000000000')],
    [{ $add: [at('2020-01-01T00:00:00Z'), 1000] }, at('2020-01-01T00:00:01Z')],
    [{ $add: [1, null] }, null],
    [{ $subtract: [at('2020-01-01T00:00:01Z'), at('2020-01-01T00:00:00Z')] }, long('1000')],
    [{ $multiply: [2, long('3')] }, long('6')],
    [{ $divide: [6, 4] }, double(1.5)],
    [{ $divide: [decimal('1'), 3] }, decimal('0.3333333333333333333333333333333333')],
    [{ $mod: [-7, 3] }, int(-1)],
    [{ $mod: [7.5, 2] }, double(1.5)],
    [{ $abs: int(-2147483648) }, long('2147483648')],
    [{ $ceil: 1.2 }, double(2)],
    [{ $floor: decimal('-1.5') }, decimal('-2')],
    [{ $round: [2.5] }, double(2)],
    [{ $round: [1234.5678, 2] }, double(1234.57)],
    [{ $round: [int(1250), -2] }, int(1200)],
    [{ $trunc: [-1.99, 1] }, double(-1.9)],
    [{ $pow: [2, 10] }, int(1024)],
    [{ $pow: [2, -1] }, double(0.5)],
    [{ $pow: [2, 40] }, long('1099511627776')],
    [{ $sqrt: 16 }, double(4)],
    [{ $ln: 0.1 }, double(-2.3025850929940455)],
    [{ $ln: decimal('2.50') }, decimal('0.9162907318741550651835272117680111')],
    [{ $exp: decimal('0') }, decimal('1')],
    [{ $sqrt: decimal('1E+6000') }, decimal('1E+3000')],
    [{ $log10: decimal('1E+6000') }, decimal('6000')],
    [{ $pow: [decimal('1E+6000'), decimal('2.5')] }, decimal('Infinity')],
    [{ $ln: decimal('NaN') }, double(NaN)],
    [{ $ln: 3 }, double(1.0986122886681098)],
    [{ $log: [3, 2] }, double(1.5849625007211563)],
    [{ $sin: 2.5 }, double(0.5984721441039565)],
    [{ $log: [8, 2] }, double(3)],
    [{ $exp: 0 }, double(1)],
    [{ $sqrt: decimal('2') }, decimal('1.414213562373095048801688724209698')],
    [{ $sin: 0 }, double(0)],
    [{ $bitAnd: [12, 10] }, int(8)],
    [{ $bitNot: 5 }, int(-6)],
    [{ $sum: ['$l'] }, int(6), { l: [1, 2, 3, 'x'] }],
    [{ $avg: [1, 2, '$nope'] }, double(1.5)],
    [{ $max: [1, 'a', null] }, 'a'],
    [{ $stdDevPop: [[1, 3]] }, double(1)],
  ]);
});

describe('comparison, logic and choice', () => {
  table([
    [{ $cmp: ['a', 1] }, int(1)],
    [{ $eq: [1, double(1)] }, true],
    [{ $gt: ['$nope', null] }, false],
    [{ $lt: ['$nope', null] }, true],
    [{ $and: [1, 'x'] }, true],
    [{ $and: [] }, true],
    [{ $or: [0, null] }, false],
    [{ $not: [0] }, true],
    [{ $cond: [true, 1, { $divide: [1, 0] }] }, int(1)],
    [{ $cond: { if: false, then: 1, else: 2 } }, int(2)],
    [{ $ifNull: ['$nope', null, 5] }, int(5)],
    [
      {
        $switch: {
          branches: [
            { case: false, then: 1 },
            { case: true, then: 2 },
          ],
          default: 3,
        },
      },
      int(2),
    ],
  ]);
});

describe('arrays and sets', () => {
  table([
    [{ $arrayElemAt: [[1, 2, 3], -1] }, int(3)],
    [{ $arrayElemAt: [[1], 5] }, undefined],
    [{ $first: [[7, 8]] }, int(7)],
    [{ $last: '$l' }, int(8), { l: [7, 8] }],
    [{ $concatArrays: [[1], [2, 3]] }, [int(1), int(2), int(3)]],
    [{ $slice: [[1, 2, 3], -2] }, [int(2), int(3)]],
    [{ $slice: [[1, 2, 3], 1, 1] }, [int(2)]],
    [{ $in: [2, [1, 2]] }, true],
    [{ $indexOfArray: [['a', 'b', 'a'], 'a', 1] }, int(2)],
    [{ $isArray: [[1]] }, true],
    [{ $range: [0, 5, 2] }, [int(0), int(2), int(4)]],
    [{ $range: [3, 0, -1] }, [int(3), int(2), int(1)]],
    [{ $reverseArray: [[1, 2]] }, [int(2), int(1)]],
    [{ $size: [[1, 2]] }, int(2)],
    [{ $sortArray: { input: [3, 1, 2], sortBy: -1 } }, [int(3), int(2), int(1)]],
    [{ $sortArray: { input: '$l', sortBy: { a: 1 } } }, [{ a: int(1) }, { a: int(2) }], { l: [{ a: 2 }, { a: 1 }] }],
    [
      { $zip: { inputs: [[1, 2], ['a']], useLongestLength: true, defaults: [0, 'z'] } },
      [
        [int(1), 'a'],
        [int(2), 'z'],
      ],
    ],
    [{ $map: { input: [1, 2], as: 'n', in: { $multiply: ['$$n', 2] } } }, [int(2), int(4)]],
    [{ $filter: { input: [1, 2, 3], cond: { $gt: ['$$this', 1] }, limit: 1 } }, [int(2)]],
    [{ $reduce: { input: ['a', 'b'], initialValue: '', in: { $concat: ['$$value', '$$this'] } } }, 'ab'],
    [{ $firstN: { n: 2, input: [1, 2, 3] } }, [int(1), int(2)]],
    [{ $maxN: { n: 2, input: [1, null, 3, 2] } }, [int(3), int(2)]],
    [
      {
        $setUnion: [
          [2, 1],
          [1, 3],
        ],
      },
      [int(1), int(2), int(3)],
    ],
    [
      {
        $setIntersection: [
          [3, 1, 2],
          [2, 3],
        ],
      },
      [int(2), int(3)],
    ],
    [{ $setDifference: [[1, 2, 1], [2]] }, [int(1)]],
    [
      {
        $setEquals: [
          [1, 2, 1],
          [2, 1],
        ],
      },
      true,
    ],
    [{ $setIsSubset: [[1], [1, 2]] }, true],
    [{ $anyElementTrue: [[0, 1]] }, true],
    [{ $allElementsTrue: [[]] }, true],
  ]);
});

describe('objects', () => {
  table([
    [{ $mergeObjects: [{ a: 1 }, null, { a: 2, b: 3 }] }, { a: int(2), b: int(3) }],
    [{ $objectToArray: '$o' }, [{ k: 'x', v: int(1) }], { o: { x: 1 } }],
    [
      {
        $arrayToObject: [
          [
            { k: 'a', v: 1 },
            { k: 'b', v: 2 },
          ],
        ],
      },
      { a: int(1), b: int(2) },
    ],
    [{ $arrayToObject: { $literal: [['a', 1]] } }, { a: int(1) }],
    [{ $getField: { field: { $literal: '$x.y' }, input: '$o' } }, int(1), { o: { '$x.y': 1 } }],
    [{ $getField: 'a' }, int(5), { a: 5 }],
    [{ $setField: { field: 'b', input: '$o', value: 2 } }, { a: int(1), b: int(2) }, { o: { a: 1 } }],
    [{ $unsetField: { field: 'a', input: '$o' } }, { b: int(2) }, { o: { a: 1, b: 2 } }],
  ]);
});

describe('strings and regular expressions', () => {
  table([
    [{ $concat: ['a', 'b'] }, 'ab'],
    [{ $concat: ['a', null] }, null],
    [{ $toUpper: 'aé' }, 'Aé'],
    [{ $toLower: null }, ''],
    [{ $split: ['a-b-c', '-'] }, ['a', 'b', 'c']],
    [{ $strLenBytes: 'é' }, int(2)],
    [{ $strLenCP: '😀a' }, int(2)],
    [{ $strcasecmp: ['abc', 'ABD'] }, int(-1)],
    [{ $substrCP: ['😀abc', 1, 2] }, 'ab'],
    [{ $substrBytes: ['abcdef', 2, -1] }, 'cdef'],
    [{ $indexOfCP: ['😀abc', 'b'] }, int(2)],
    [{ $indexOfBytes: ['abcb', 'b', 2] }, int(3)],
    [{ $trim: { input: '  a ' } }, 'a'],
    [{ $ltrim: { input: 'xxa', chars: 'x' } }, 'a'],
    [{ $replaceAll: { input: 'a.a', find: 'a', replacement: { $literal: '$&' } } }, '$&.$&'],
    [{ $replaceOne: { input: 'aa', find: 'a', replacement: 'b' } }, 'ba'],
    [{ $regexMatch: { input: 'Abc', regex: '^a', options: 'i' } }, true],
    [{ $regexFind: { input: '😀xay', regex: /x(a)(b)?/ } }, { match: 'xa', idx: int(1), captures: ['a', null] }],
    [
      { $regexFindAll: { input: 'a1b2', regex: '[0-9]' } },
      [
        { match: '1', idx: int(1), captures: [] },
        { match: '2', idx: int(3), captures: [] },
      ],
    ],
    [{ $regexFind: { input: 'x', regex: null } }, null],
  ]);
});

describe('types and conversions', () => {
  const id = new ObjectId('507f191e810c19729de860ea');
  table([
    [{ $type: '$a' }, 'long', { a: Long.fromNumber(1) }],
    [{ $type: '$nope' }, 'missing'],
    [{ $isNumber: decimal('1') }, true],
    [{ $toInt: '42' }, int(42)],
    [{ $toInt: 1.9 }, int(1)],
    [{ $toLong: at('1970-01-01T00:00:01Z') }, long('1000')],
    [{ $toDouble: '1e3' }, double(1000)],
    [{ $toDecimal: 2.5 }, decimal('2.50000000000000')],
    [{ $toDecimal: 7 }, decimal('7')],
    [{ $toString: 2.5 }, '2.5'],
    [{ $toString: id }, '507f191e810c19729de860ea'],
    [{ $toString: at('2018-03-27T16:58:51.538Z') }, '2018-03-27T16:58:51.538Z'],
    [{ $toObjectId: '507f191e810c19729de860ea' }, id],
    [{ $toBool: 'false' }, true],
    [{ $toDate: id }, at('2012-10-17T20:46:22Z')],
    [{ $toDate: '2020-01-02' }, at('2020-01-02T00:00:00Z')],
    [{ $convert: { input: 'x', to: 'int', onError: -1 } }, int(-1)],
    [{ $convert: { input: null, to: 'int', onNull: 0 } }, int(0)],
    [{ $convert: { input: 1, to: 16 } }, int(1)],
    [{ $bsonSize: { $literal: {} } }, int(5)],
    [{ $binarySize: '$b' }, int(3), { b: new Binary(Buffer.from('abc')) }],
    [{ $tsSecond: '$t' }, long('5'), { t: new Timestamp({ t: 5, i: 9 }) }],
  ]);
});

describe('dates', () => {
  const d = at('2024-03-10T09:05:03.007Z');
  table([
    [{ $year: '$d' }, int(2024), { d }],
    [{ $dayOfYear: '$d' }, int(70), { d }],
    [{ $dayOfWeek: '$d' }, int(1), { d }],
    [{ $week: '$d' }, int(10), { d }],
    [{ $isoWeek: '$d' }, int(10), { d }],
    [{ $isoDayOfWeek: '$d' }, int(7), { d }],
    [{ $isoWeekYear: at('2021-01-03T00:00:00Z') }, long('2020')],
    [{ $hour: { date: '$d', timezone: 'America/New_York' } }, int(5), { d }],
    [{ $hour: { date: '$d', timezone: '+05:30' } }, int(14), { d }],
    [{ $year: null }, null],
    [
      { $dateToParts: { date: '$d' } },
      {
        year: int(2024),
        month: int(3),
        day: int(10),
        hour: int(9),
        minute: int(5),
        second: int(3),
        millisecond: int(7),
      },
      { d },
    ],
    [{ $dateFromParts: { year: 2024, month: 14, day: 1, hour: 1 } }, at('2025-02-01T01:00:00Z')],
    [{ $dateFromParts: { isoWeekYear: 2024, isoWeek: 1 } }, at('2024-01-01T00:00:00Z')],
    [{ $dateFromParts: { year: 2024, month: 7, timezone: 'Europe/Berlin' } }, at('2024-06-30T22:00:00Z')],
    [{ $dateToString: { date: '$d' } }, '2024-03-10T09:05:03.007Z', { d }],
    [
      { $dateToString: { date: '$d', format: '%d/%m/%Y %H:%M %z', timezone: 'Europe/Paris' } },
      '10/03/2024 10:05 +0100',
      { d },
    ],
    [{ $dateFromString: { dateString: '2024-03-10 12:00', timezone: 'Europe/Berlin' } }, at('2024-03-10T11:00:00Z')],
    [{ $dateFromString: { dateString: '10.03.2024', format: '%d.%m.%Y' } }, at('2024-03-10T00:00:00Z')],
    [{ $dateFromString: { dateString: 'x', onError: 'bad' } }, 'bad'],
    [{ $dateAdd: { startDate: at('2024-01-31T00:00:00Z'), unit: 'month', amount: 1 } }, at('2024-02-29T00:00:00Z')],
    [
      { $dateAdd: { startDate: at('2024-03-09T12:00:00Z'), unit: 'day', amount: 1, timezone: 'America/New_York' } },
      at('2024-03-10T11:00:00Z'),
    ],
    [{ $dateSubtract: { startDate: '$d', unit: 'hour', amount: 9 } }, at('2024-03-10T00:05:03.007Z'), { d }],
    [{ $dateDiff: { startDate: at('2023-12-31T23:59:00Z'), endDate: '$d', unit: 'year' } }, long('1'), { d }],
    [
      { $dateDiff: { startDate: at('2024-03-09T23:00:00Z'), endDate: '$d', unit: 'week', startOfWeek: 'monday' } },
      long('0'),
      { d },
    ],
    [{ $dateDiff: { startDate: at('2024-03-09T23:00:00Z'), endDate: '$d', unit: 'week' } }, long('1'), { d }],
    [{ $dateTrunc: { date: '$d', unit: 'month' } }, at('2024-03-01T00:00:00Z'), { d }],
    [{ $dateTrunc: { date: '$d', unit: 'minute', binSize: 15 } }, at('2024-03-10T09:00:00Z'), { d }],
    [{ $dateTrunc: { date: '$d', unit: 'day', timezone: 'Asia/Tokyo' } }, at('2024-03-09T15:00:00Z'), { d }],
    [
      { $dateTrunc: { date: '$d', unit: 'week', binSize: 3 } },
      at('2024-02-25T00:00:00Z'),
      { d: at('2024-02-29T12:00:00Z') },
    ],
    [{ $dateTrunc: { date: '$d', unit: 'week' } }, at('2024-03-10T00:00:00Z'), { d }],
  ]);
});

describe('an expression that is wrong (section 6, table)', () => {
  const wrong: readonly (readonly [unknown, number])[] = [
    [{ $foo: 1 }, 168],
    [{ $function: {} }, 168],
    [{ $add: 1, $subtract: 1 }, 15983],
    [{ $subtract: [1] }, 16020],
    [{ $slice: [1] }, 28667],
    ['$$nope', 17276],
    ['$', 16872],
    ['$a.', 40353],
    ['$a..b', 15998],
    ['$a.$b', 16410],
    ['$$', 9],
    [{ 'a.b': 1 }, 16405],
    [{ $add: ['x'] }, 16554],
    [{ $subtract: ['x', 1] }, 14],
    [{ $multiply: ['x', 1] }, 14],
    [{ $divide: [1, 0] }, 2],
    [{ $divide: ['x', 1] }, 14],
    [{ $mod: [1, 0] }, 16610],
    [{ $abs: 'x' }, 28765],
    [{ $sqrt: -1 }, 28714],
    [{ $ln: 0 }, 28766],
    [{ $pow: [0, -1] }, 28764],
    [{ $arrayElemAt: [1, 1] }, 28689],
    [{ $size: 1 }, 17124],
    [{ $in: [1, 2] }, 40081],
    [{ $concatArrays: [1] }, 28664],
    [{ $range: [0, 5, 0] }, 34449],
    [{ $filter: { input: 1, cond: true } }, 28651],
    [{ $map: { input: 1, in: 1 } }, 16883],
    [{ $concat: [1] }, 16702],
    [{ $split: ['a', ''] }, 40087],
    [{ $strLenCP: 1 }, 34471],
    [{ $switch: { branches: [{ case: false, then: 1 }] } }, 40066],
    [{ $switch: { branches: [] } }, 40068],
    [{ $toInt: 'x' }, 241],
    [{ $toInt: 3000000000 }, 241],
    [{ $toDate: 'x' }, 241],
    [{ $convert: { input: 1 } }, 9],
    [{ $year: 'x' }, 16006],
    [{ $hour: { date: { $toDate: '2020-01-01' }, timezone: 'Nowhere/X' } }, 40485],
    [{ $dateToString: { date: { $toDate: '2020-01-01' }, format: '%q' } }, 18536],
    [{ $regexMatch: { input: 'a', regex: '(' } }, 51091],
    [{ $mergeObjects: [1] }, 40400],
    [{ $let: { vars: { X: 1 }, in: 1 } }, 9],
    [{ $cond: [1, 2] }, 16020],
    [{ $cond: { if: 1, then: 2 } }, 17082],
    [{ $setUnion: [1] }, 17043],
    [{ $bitAnd: [1.5] }, 14],
    [{ $firstN: { n: 1, input: null } }, 5788200],
  ];
  for (const [expression, code] of wrong)
    it(`${BSON.EJSON.stringify(expression)} is refused with ${code}`, () => {
      expect(codeOf(expression)).toBe(code);
    });
});
