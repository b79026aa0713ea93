import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseCollation } from '../collation/index.js';
import { Document, int32 } from '../values/index.js';
import { CollationLabels } from './collation-labels.js';

const strength2 = parseCollation(
  new Document([
    ['locale', 'en'],
    ['strength', int32(2)],
  ]),
);

function labels(): CollationLabels {
  if (strength2 === undefined) throw new Error('not a collation');
  return new CollationLabels(strength2);
}

describe('labels of a collation', () => {
  it('compare as the texts do, in whatever order these come (fact 16)', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 4 }), { maxLength: 60 }), (texts) => {
        const made = labels();
        texts.forEach(made.assign);
        for (const a of texts)
          for (const b of texts)
            expect(Math.sign(Buffer.compare(made.assign(a), made.assign(b)))).toBe(
              Math.sign(made.collation.compare(a, b)),
            );
      }),
    );
  });

  it("of texts that are not stored stand in their place, and are nobody's", () => {
    const made = labels();
    const [a, c] = [made.assign('a'), made.assign('c')];
    const between = made.locate('b');
    expect([Buffer.compare(a, between), Buffer.compare(between, c)]).toEqual([-1, -1]);
    expect(made.locate('A')).toEqual(a);
  });

  it('stay short while texts come in order, upwards, downwards, or always in between', () => {
    const made = labels();
    const number = (n: number): string => String(n).padStart(6, '0');
    for (let n = 0; n < 5000; n++) made.assign(`m${number(n)}`);
    for (let n = 5000; n > 0; n--) made.assign(`a${number(n)}`);
    for (let n = 0; n < 500; n++) made.assign(`${n % 2 === 0 ? 'f' : 'g'}${number(n % 2 === 0 ? n : 1000 - n)}`);
    expect(made.assign('m004999').length).toBeLessThanOrEqual(8);
    expect(made.assign('a000001').length).toBeLessThanOrEqual(8);
    expect(made.assign('g000501').length).toBeLessThan(200);
  });
});
