import { describe, expect, it } from '@jest/globals';
import type { BSON } from 'mongodb';

import { doc, loose } from '../values/values.fixtures.js';
import { parseCollation } from './index.js';

const sorted = (collation: BSON.Document, texts: readonly string[]): string[] =>
  texts.toSorted(parseCollation(doc(collation))?.compare);

const codeOf = (collation: BSON.Document): number => {
  try {
    parseCollation(doc(collation));
  } catch (error) {
    return (error as { code: number }).code;
  }
  return 0;
};

describe('a collation (section 4)', () => {
  it('orders by the letters of its language', () => {
    expect(sorted({ locale: 'sv' }, ['ä', 'z', 'a'])).toEqual(['a', 'z', 'ä']);
    expect(sorted({ locale: 'de' }, ['ä', 'z', 'a'])).toEqual(['a', 'ä', 'z']);
    expect(sorted({ locale: 'en', numericOrdering: true }, ['10', '9', '1'])).toEqual(['1', '9', '10']);
  });

  it.each<[BSON.Document, string, string, boolean]>([
    [{ locale: 'en', strength: 1 }, 'a', 'Á', true],
    [{ locale: 'en', strength: 2 }, 'a', 'A', true],
    [{ locale: 'en', strength: 2 }, 'a', 'á', false],
    [{ locale: 'en', strength: 3 }, 'a', 'A', false],
    [{ locale: 'en', strength: 1, caseLevel: true }, 'a', 'A', false],
    [{ locale: 'en', strength: 1, caseLevel: true }, 'a', 'á', true],
  ])('%j takes %s and %s for equal: %s', (collation, a, b, expected) => {
    expect(parseCollation(doc(collation))?.compare(a, b) === 0).toBe(expected);
  });

  it('is none for the locale "simple", and spells its options out else', () => {
    expect(parseCollation(doc({ locale: 'simple' }))).toBe(undefined);
    const collation = parseCollation(doc({ locale: 'fr', strength: 2 }));
    expect(collation && loose(collation.specification)).toEqual({
      locale: 'fr',
      caseLevel: false,
      caseFirst: 'off',
      strength: 2,
      numericOrdering: false,
      alternate: 'non-ignorable',
      maxVariable: 'punct',
      normalization: false,
      backwards: false,
      version: '57.1',
    });
  });

  it.each<[BSON.Document, number]>([
    [{}, 40414],
    [{ locale: 1 }, 14],
    [{ locale: 'xx-nowhere-at-all-x' }, 2],
    [{ locale: 'en', foo: 1 }, 40415],
    [{ locale: 'en', strength: 6 }, 2],
    [{ locale: 'en', strength: 'x' }, 14],
    [{ locale: 'en', caseLevel: 1 }, 14],
    [{ locale: 'en', caseFirst: 'x' }, 2],
    [{ locale: 'simple', strength: 1 }, 2],
    [{ locale: 'en', backwards: true }, 2],
  ])('%j is refused with %i', (collation, code) => {
    expect(codeOf(collation)).toBe(code);
  });
});
