import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { emptySet, holds, valuesOf, withAdded } from './growing-set.js';

describe('a growing set', () => {
  it('holds what was added, once, in order, and leaves the sets before it as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 2 }), { maxLength: 200 }), (values) => {
        const sets = [emptySet];
        for (const value of values) sets.push(withAdded(sets.at(-1) ?? emptySet, value));
        sets.forEach((set, added) => {
          expect(valuesOf(set)).toStrictEqual([...new Set(values.slice(0, added))]);
          for (const value of values) expect(holds(set, value)).toBe(values.slice(0, added).includes(value));
        });
      }),
      { numRuns: 25 },
    );
  });

  it('keeps its number of parts logarithmic', () => {
    let set = emptySet;
    for (let value = 0; value < 5_000; value++) set = withAdded(set, String(value));
    expect(set.length).toBeLessThanOrEqual(13);
  });
});
