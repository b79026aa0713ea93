import { describe, expect, it } from '@jest/globals';
import { CursorOutdated } from './errors.js';
import { readPage, readWhole } from './page.js';
import { readInMemory } from './read-in-memory.js';

interface Numbered {
  readonly number: number;
}
const stored = Array.from({ length: 1_201 }, (_, number) => ({ _id: `d${number}`, _at: number, number }));
const list = { where: {}, sort: { number: 1 } } as const;

/** Each page asks for the generation once. */
function rebuilt(generations: readonly number[]) {
  const here = Promise.resolve(0);
  const models = readInMemory(() => stored, { position: () => here, waitFor: () => here });
  let asked = 0;
  const generation = () => Promise.resolve(generations[Math.min(asked++, generations.length - 1)] ?? 0);
  return { ...models, generation };
}

describe('a page', () => {
  it('says where the next one begins, and nothing when it ends the list, also when it is full', async () => {
    const models = rebuilt([3]);
    const full = await readPage<Numbered>(models, 'numbers', list, { limit: stored.length });
    expect(full.next).toBeUndefined();
    const almost = await readPage<Numbered>(models, 'numbers', list, { limit: stored.length - 1 });
    expect(almost.next).toEqual([3, 1_199, 'd1199']);
    const rest = await readPage<Numbered>(models, 'numbers', list, { limit: 1, after: almost.next });
    expect(rest).toEqual({ items: stored.slice(-1) });
  });
});

describe('a whole list', () => {
  it('HIS-4: is read to its end, and begun anew once when the model is rebuilt between two pages', async () => {
    const whole = stored.map(({ _id }) => _id);
    for (const generations of [[0], [0, 1], [0, 0, 1]]) {
      const read = await readWhole<Numbered>(rebuilt(generations), 'numbers', list);
      expect(read.map(({ _id }) => _id)).toEqual(whole);
    }
  });

  it('HIS-4: is given up when the model is rebuilt again', async () => {
    await expect(readWhole<Numbered>(rebuilt([0, 1, 1, 2]), 'numbers', list)).rejects.toThrow(CursorOutdated);
  });
});
