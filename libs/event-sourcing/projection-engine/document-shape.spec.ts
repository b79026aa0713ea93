import { describe, expect, test } from '@jest/globals';
import { storable } from './document-shape.js';

describe('what a step answers', () => {
  test('is kept as it is when every database gives it back so', () => {
    const document = { text: 'a', list: [1, null, { deep: true }], nothing: null };
    expect(storable(document)).toBe(document);
  });

  test('loses what is undefined, at any depth, so that the order of fields does not depend on the batch', () => {
    const kept = storable({ a: undefined, b: [{ c: undefined, d: 1 }], e: { f: undefined } });
    expect(JSON.stringify(kept)).toBe('{"b":[{"d":1}],"e":{}}');
    expect(Object.keys(kept)).toStrictEqual(['b', 'e']);
  });

  test.each([
    ['a name of the engine', { _at: 1 }, 'names that begin with _'],
    ['an operator', { deep: { $set: 1 } }, '"$set" cannot be a field name'],
    ['a path', { 'a.b': 1 }, '"a.b" cannot be a field name'],
    ['no name', { deep: { '': 1 } }, '"" cannot be a field name'],
    ['not a number', { deep: [Number.NaN] }, 'NaN cannot be kept'],
    ['a date', { at: new Date(0) }, 'not a plain object'],
    ['a function', { call: () => 1 }, 'a function cannot be kept'],
    ['the prototype', JSON.parse('{"deep": {"__proto__": 1}}') as object, '"__proto__" cannot be a field name'],
  ])('is refused when it holds %s', (_name, document, reason) => {
    expect(() => storable(document)).toThrow(reason);
  });
});
