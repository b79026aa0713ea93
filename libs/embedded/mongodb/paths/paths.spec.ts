import { describe, expect, it } from '@jest/globals';

import { bsonUndefined, Document } from '../values/index.js';
import type { Value } from '../values/index.js';
import { keyTuples, someValue, splitPath } from './index.js';

const o = (fields: Record<string, Value>): Document => Document.of(fields);
const parallel = (first: string, second: string): Error => new Error(`parallel ${first} ${second}`);

const seen = (document: Document, path: string): (Value | undefined)[] => {
  const values: (Value | undefined)[] = [];
  someValue(document, splitPath(path), 'elements and array', (value) => {
    values.push(value);
    return false;
  });
  return values;
};

const tuples = (document: Document, ...paths: string[]) => keyTuples(document, paths.map(splitPath), parallel);

describe('the values a query sees at a path', () => {
  it('are the elements of an array at its end, then the array', () => {
    expect(seen(o({ a: [1, [2]] }), 'a')).toEqual([1, [2], [1, [2]]]);
  });

  it('are those of the documents of an array on the way, missing where a document lacks the field', () => {
    const document = o({ a: [o({ b: 5 }), 3, o({}), o({ b: [9, 11] })] });
    expect(seen(document, 'a.b')).toEqual([5, undefined, 9, 11, [9, 11]]);
  });

  it('are none for an array without documents, and missing behind a scalar', () => {
    expect(seen(o({ a: [] }), 'a.b')).toEqual([]);
    expect(seen(o({ a: [[], 1, null] }), 'a.b')).toEqual([]);
    expect(seen(o({ a: 1 }), 'a.b')).toEqual([undefined]);
  });

  it('take a number as a position and as a name', () => {
    expect(seen(o({ a: [5, [2, 4]] }), 'a.1')).toEqual([[2, 4]]);
    expect(seen(o({ a: [5, o({ '1': 4 })] }), 'a.1')).toEqual([4, o({ '1': 4 })]);
    expect(seen(o({ a: [o({ b: 7 })] }), 'a.0.b')).toEqual([undefined, 7]);
  });
});

describe('the tuples of a compound key', () => {
  it('are one where no array is passed', () => {
    expect(tuples(o({ a: o({ b: 1 }), c: 2 }), 'a.b', 'c', 'd')).toEqual({
      tuples: [[1, 2, undefined]],
      multikey: 0,
    });
  });

  it('keep the values of one element together', () => {
    const document = o({ x: 0, a: [o({ b: 1, c: 5 }), o({ b: 2, c: 1 }), 7] });
    expect(tuples(document, 'a.b', 'x', 'a.c')).toEqual({
      tuples: [
        [1, 0, 5],
        [2, 0, 1],
        [undefined, 0, undefined],
      ],
      multikey: 0b101,
    });
  });

  it('take an empty array as undefined at the end and as missing before it', () => {
    expect(tuples(o({ a: [] }), 'a')).toEqual({ tuples: [[bsonUndefined]], multikey: 1 });
    expect(tuples(o({ a: [] }), 'a.b')).toEqual({ tuples: [[undefined]], multikey: 1 });
  });

  it('leave an array inside the array whole, and follow positions', () => {
    expect(tuples(o({ a: [[1, 2], 3] }), 'a').tuples).toEqual([[[1, 2]], [3]]);
    expect(tuples(o({ a: [o({ b: 1 }), o({ b: 2 })] }), 'a.1.b')).toEqual({ tuples: [[2]], multikey: 0 });
  });

  it('refuse two different arrays (fact 15)', () => {
    expect(() => tuples(o({ a: [1], b: [2] }), 'a', 'b')).toThrow('parallel a b');
  });
});
