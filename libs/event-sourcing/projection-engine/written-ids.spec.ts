import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createWrittenIds } from './written-ids.js';

describe('the ids that were written', () => {
  test('are all remembered', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (ids) => {
        const written = createWrittenIds();
        for (const id of ids) written.add(id);
        expect(ids.filter((id) => !written.has(id))).toStrictEqual([]);
      }),
    );
  });

  test('are hardly ever confused with others, however alike', () => {
    const written = createWrittenIds();
    const numbered = (prefix: string) => Array.from({ length: 10_000 }, (_, n) => `${prefix}${n}`);
    for (const id of numbered('conversation-')) written.add(id);
    expect(numbered('conversation+').filter((id) => written.has(id)).length).toBeLessThan(10);
  });
});
