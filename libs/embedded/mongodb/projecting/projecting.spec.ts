import { describe, expect, it } from '@jest/globals';
import type { BSON } from 'mongodb';

import { context } from '../expressions/expressions.fixtures.js';
import { doc, loose } from '../values/values.fixtures.js';
import { parseAddFields, parseProjection } from './index.js';

const find = (specification: BSON.Document, document: BSON.Document, position?: number): BSON.Document =>
  loose(parseProjection(doc(specification), context, 'find').project(doc(document), position));

const project = (specification: BSON.Document, document: BSON.Document): BSON.Document =>
  loose(parseProjection(doc(specification), context, 'aggregation').project(doc(document)));

const addFields = (specification: BSON.Document, document: BSON.Document): BSON.Document =>
  loose(parseAddFields('$addFields', doc(specification), context)(doc(document)));

const codeOf = (work: () => unknown): number => {
  try {
    work();
  } catch (error) {
    return (error as { code: number }).code;
  }
  return 0;
};

describe('a projection (section 4)', () => {
  it.each<[BSON.Document, BSON.Document, BSON.Document]>([
    [{ a: 1 }, { _id: 1, b: 2, a: 3 }, { _id: 1, a: 3 }],
    [{ a: true, _id: 0 }, { _id: 1, b: 2, a: 3 }, { a: 3 }],
    [{ _id: 1 }, { _id: 1, a: 3 }, { _id: 1 }],
    [{ _id: 0 }, { _id: 1, a: 3 }, { a: 3 }],
    [{ a: 0 }, { _id: 1, b: 2, a: 3 }, { _id: 1, b: 2 }],
    [
      { _id: 1, a: 0 },
      { _id: 1, b: 2, a: 3 },
      { _id: 1, b: 2 },
    ],
    [{ 'a.b': 1 }, { a: { b: 1, c: 2 } }, { a: { b: 1 } }],
    [{ 'a.b': 1 }, { a: 5 }, {}],
    [{ 'a.b': 1 }, { a: [{ b: 1, c: 2 }, 5, {}, [{ b: 2, c: 3 }]] }, { a: [{ b: 1 }, {}, [{ b: 2 }]] }],
    [{ a: { b: 1, c: 1 } }, { a: { b: 1, c: 2, d: 3 } }, { a: { b: 1, c: 2 } }],
    [{ 'a.b': 0 }, { a: [{ b: 1, c: 2 }, 5] }, { a: [{ c: 2 }, 5] }],
    [{ a: { $slice: 1 } }, { a: [1, 2, 3], b: 1 }, { a: [1], b: 1 }],
    [
      { a: { $slice: -2 }, b: 1 },
      { a: [1, 2, 3], b: 1, c: 1 },
      { a: [2, 3], b: 1 },
    ],
    [{ a: { $slice: [1, 1] } }, { a: [1, 2, 3] }, { a: [2] }],
    [{ a: { $slice: [-5, 2] } }, { a: [1, 2, 3] }, { a: [1, 2] }],
    [{ 'a.b': { $slice: 1 } }, { a: [{ b: [1, 2] }, 3] }, { a: [{ b: [1] }, 3] }],
    [
      { a: { $elemMatch: { b: 2 } } },
      { _id: 1, a: [{ b: 1 }, { b: 2, c: 1 }, { b: 2 }], d: 1 },
      { _id: 1, a: [{ b: 2, c: 1 }] },
    ],
    [{ a: { $elemMatch: { $gt: 5 } }, b: 1 }, { a: [1], b: 1 }, { b: 1 }],
    [
      { a: '$b', c: { d: { $add: ['$b', 1] } } },
      { _id: 1, b: 2, c: { e: 1 } },
      { _id: 1, c: { d: 3 }, a: 2 },
    ],
    [{ a: 'text', b: [1, '$c'] }, { c: 2 }, { a: 'text', b: [1, 2] }],
  ])('%j of %j is %j', (specification, document, expected) => {
    expect(JSON.stringify(find(specification, document))).toBe(JSON.stringify(expected));
  });

  it('keeps the matched element for `$`', () => {
    expect(find({ 'a.$': 1 }, { a: [1, 2, 3], b: 1 }, 1)).toEqual({ a: [2] });
    expect(find({ 'a.b.$': 1 }, { a: { b: [4, 5], c: 1 } }, 0)).toEqual({ a: { b: [4] } });
    expect(codeOf(() => find({ 'a.$': 1 }, { a: [1] }))).toBe(51246);
    expect(codeOf(() => find({ 'a.$': 1 }, { a: [1] }, 7))).toBe(51247);
  });

  it.each<[BSON.Document, number]>([
    [{ a: 0, b: 1 }, 31253],
    [{ a: 1, b: 0 }, 31254],
    [{ a: 0, b: '$c' }, 31252],
    [{ 'a.b': 1, a: 1 }, 31250],
    [{ a: 1, 'a.b': 1 }, 31249],
    [{ 'a.$.b': 1 }, 31394],
    [{ 'a.$': 0 }, 31395],
    [{ 'a.$': 1, 'b.$': 1 }, 31276],
    [{ 'a.b': { $elemMatch: { c: 1 } } }, 31275],
    [{ a: { $elemMatch: 1 } }, 31274],
    [{ a: {} }, 51270],
    [{ a: { $foo: 1 } }, 31325],
    [{ 'a..b': 1 }, 15998],
    [{ '': 1 }, 40352],
    [{ 'a.': 1 }, 40353],
    [{ $a: 1 }, 16410],
    [{ a: '$' }, 16872],
    [{ a: '$$x' }, 17276],
    [{ a: { $add: [1, { $foo: 1 }] } }, 168],
    [{ a: { $add: 1, $subtract: 2 } }, 15983],
    [{ a: { $subtract: [1] } }, 16020],
  ])('%j is refused with %i', (specification, code) => {
    expect(codeOf(() => find(specification, {}))).toBe(code);
  });

  it('tells a planner which names it keeps, if that is all it does', () => {
    const names = (specification: BSON.Document) => parseProjection(doc(specification), context, 'find').plainNames;
    expect(names({ a: 1 })).toEqual(['a', '_id']);
    expect(names({ a: 1, _id: 0 })).toEqual(['a']);
    expect(names({ 'a.b': 1 })).toBe(undefined);
    expect(names({ a: 0 })).toBe(undefined);
    expect(names({ a: '$b' })).toBe(undefined);
  });

  it('leaves find operators to find', () => {
    expect(codeOf(() => project({ a: { $elemMatch: { b: 1 } } }, {}))).toBe(31325);
    expect(project({ a: { $slice: ['$a', 1] } }, { a: [1, 2] })).toEqual({ a: [1] });
  });
});

describe('added fields (section 6)', () => {
  it.each<[BSON.Document, BSON.Document, BSON.Document]>([
    [
      { a: 2, z: '$b' },
      { a: 1, b: 5 },
      { a: 2, b: 5, z: 5 },
    ],
    [{ 'a.b': 1 }, { a: 5 }, { a: { b: 1 } }],
    [{ a: { b: 1 } }, { a: { c: 2 } }, { a: { c: 2, b: 1 } }],
    [{ 'a.b': '$n' }, { a: [{ c: 1 }, 3], n: 7 }, { a: [{ c: 1, b: 7 }, { b: 7 }], n: 7 }],
    [{ a: '$$REMOVE', b: '$missing' }, { a: 1, b: 2, c: 3 }, { c: 3 }],
    [{ a: {} }, { a: 1 }, { a: {} }],
  ])('%j on %j gives %j', (specification, document, expected) => {
    expect(JSON.stringify(addFields(specification, document))).toBe(JSON.stringify(expected));
  });

  it('must be an object with fields that do not collide', () => {
    expect(codeOf(() => parseAddFields('$set', 1, context))).toBe(40272);
    expect(codeOf(() => parseAddFields('$set', doc({}), context))).toBe(40177);
    expect(codeOf(() => parseAddFields('$set', doc({ a: 1, 'a.b': 1 }), context))).toBe(31249);
  });
});
