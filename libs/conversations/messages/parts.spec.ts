import { describe, expect, it } from '@jest/globals';
import { readInMemory } from '#event-sourcing';
import { readParts } from './parts.js';

const here = Promise.resolve(0);
const stored = ['a.1', 'a.1', 'b.1'].map((conversationId, index) => ({
  _id: `m${index}`,
  _at: index + 1,
  conversationId,
  position: index + 1,
}));
const positions = { position: () => here, waitFor: () => here };
const models = readInMemory(() => stored, { ...positions, generation: () => Promise.resolve(3) });
const parts = [{ conversationId: 'a.1' }, { conversationId: 'b.1' }];

async function pages(limit: number): Promise<readonly (readonly string[])[]> {
  const read: string[][] = [];
  let after: Awaited<ReturnType<typeof readParts>>['next'];
  do {
    const page = await readParts(models, parts, { limit, after });
    read.push(page.items.map(({ _id }) => _id));
    after = page.next;
  } while (after);
  return read;
}

describe('messages that lie in several places', () => {
  it('CON-5: come in pages that end anywhere, also with the last message of a place, after a rebuild too', async () => {
    expect(await pages(1)).toEqual([['m0'], ['m1'], ['m2']]);
    expect(await pages(2)).toEqual([['m0', 'm1'], ['m2']]);
    expect(await pages(3)).toEqual([['m0', 'm1', 'm2']]);
  });

  it('a page that ends with a place says where the next one begins in as many values as any other', async () => {
    expect((await readParts(models, parts, { limit: 1 })).next).toEqual([0, 3, 1, 'm0']);
    expect((await readParts(models, parts, { limit: 2 })).next).toEqual([1, 3, 0, '']);
  });
});
