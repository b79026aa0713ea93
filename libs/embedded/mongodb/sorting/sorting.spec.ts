import { describe, expect, it } from '@jest/globals';
import type { BSON } from 'mongodb';

import { doc, loose } from '../values/values.fixtures.js';
import { parseSort, sortDocuments } from './index.js';

const sorted = (sort: BSON.Document, documents: BSON.Document[]): BSON.Document[] =>
  sortDocuments(documents.map(doc), parseSort(doc(sort))).map(loose);

const codeOf = (sort: BSON.Document): number => {
  try {
    parseSort(doc(sort));
  } catch (error) {
    return (error as { code: number }).code;
  }
  return 0;
};

describe('a sort', () => {
  it('takes the smallest element upwards and the largest downwards; an empty array is before null (fact 7)', () => {
    const documents = [{ a: [5, 1] }, { a: 3 }, { a: null }, {}, { a: [] }];
    expect(sorted({ a: 1 }, documents)).toEqual([{ a: [] }, { a: null }, {}, { a: [5, 1] }, { a: 3 }]);
    expect(sorted({ a: -1 }, documents)).toEqual([{ a: [5, 1] }, { a: 3 }, { a: null }, {}, { a: [] }]);
  });

  it('keeps the order of documents that tie, and goes on with the next key', () => {
    const documents = [
      { a: 1, b: 1, n: 1 },
      { a: 1, b: 2, n: 2 },
      { a: 0, b: 2, n: 3 },
      { a: 1, b: 2, n: 4 },
    ];
    expect(sorted({ a: 1, b: -1 }, documents).map((document) => document['n'] as number)).toEqual([3, 2, 4, 1]);
  });

  it('keeps the values of one array element together', () => {
    const documents = [
      {
        n: 1,
        a: [
          { b: 1, c: 5 },
          { b: 2, c: 1 },
        ],
      },
      { n: 2, a: [{ b: 1, c: 3 }] },
    ];
    expect(sorted({ 'a.b': 1, 'a.c': 1 }, documents).map((document) => document['n'] as number)).toEqual([2, 1]);
  });

  it.each<[BSON.Document, number]>([
    [{ a: 2 }, 15975],
    [{ a: 0 }, 15975],
    [{ a: 'x' }, 15974],
    [{ a: { b: 1 } }, 15974],
    [{ a: { $meta: 'textScore' } }, 2],
    [{ $a: 1 }, 16410],
  ])('%j is refused with %i', (sort, code) => {
    expect(codeOf(sort)).toBe(code);
  });

  it('refuses parallel arrays with 2', () => {
    expect(() => sorted({ a: 1, b: 1 }, [{ a: [1], b: [2] }, {}])).toThrow(expect.objectContaining({ code: 2 }));
  });
});
