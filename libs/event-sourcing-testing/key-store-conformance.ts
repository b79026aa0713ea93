import { describe, expect, it } from '@jest/globals';
import type { KeyNode, KeyStore } from '#event-sourcing';

/** What the port `KeyStore` promises, for any implementation. `open` with the same name opens the same store again. */
export function testKeyStore(name: string, open: (name: string) => Promise<KeyStore>): void {
  describe(name, () => {
    async function using<T>(store: string, work: (store: KeyStore) => Promise<T>): Promise<T> {
      const opened = await open(store);
      try {
        return await work(opened);
      } finally {
        await opened.close();
      }
    }
    const nodes = (...paths: string[]): KeyNode[] =>
      paths.map((path, index) => ({ path, key: new Uint8Array(32).fill(index + 1) }));

    it('makes the keys of the store once and keeps them', async () => {
      const keysOf = (store: KeyStore) => Promise.all([store.storeKey(), store.signingSeed()]);
      const [key, seed] = await using('once', keysOf);
      expect([key.length, seed.length]).toEqual([32, 32]);
      expect(key).not.toEqual(seed);
      expect(await using('once', keysOf)).toEqual([key, seed]);
    });

    it('makes a subject’s key once, and keeps it', async () => {
      const made = await using('subjects', (store) => store.make(['a', 'b']));
      expect([...made.keys()].sort()).toEqual(['a', 'b']);
      expect((made.get('a') as readonly KeyNode[]).map(({ path, key }) => [path, key.length])).toEqual([['', 32]]);
      expect(made.get('a')).not.toEqual(made.get('b'));
      expect(await using('subjects', (store) => store.make(['b', 'a']))).toEqual(made);
      expect(await using('subjects', (store) => store.find(['a', 'b', 'unheard']))).toEqual(made);
    });

    it('gives one key to all who make it together', async () => {
      const stores = await Promise.all(Array.from({ length: 4 }, () => open('together')));
      const made = await Promise.all(stores.map((store) => store.make(['a', 'b', 'c'])));
      for (const store of stores) await store.close();
      expect(made).toEqual(made.map(() => made[0]));
    });

    it('replaces what is kept, and nothing else', async () => {
      await using('replacing', async (store) => {
        const root = (await store.make(['a'])).get('a') as readonly KeyNode[];
        const left = nodes('0', '1f');
        expect(await store.replace('a', root, left)).toBe(true);
        expect(await store.replace('a', root, nodes('2'))).toBe(false);
        expect(await store.replace('b', root, left)).toBe(false);
        expect((await store.find(['a', 'b'])).get('a')).toEqual(left);
      });
    });

    it('DEL-3: a destroyed key stays as a marker and is never made again', async () => {
      await using('destroying', (store) => store.make(['a']));
      await using('destroying', (store) => store.destroy('a', 'first'));
      await using('destroying', async (store) => {
        await store.destroy('a', 'second');
        await store.destroy('never made', 'third');
        const gone = new Map([
          ['a', 'destroyed'],
          ['never made', 'destroyed'],
        ]);
        expect(await store.make(['a', 'never made'])).toEqual(gone);
        expect(await store.replace('a', nodes(''), nodes(''))).toBe(false);
        const markers = [];
        for await (const marker of store.destroyed()) markers.push(marker);
        expect(markers.sort((one, other) => one.subject.localeCompare(other.subject))).toEqual([
          { subject: 'a', reason: 'first' },
          { subject: 'never made', reason: 'third' },
        ]);
      });
    });
  });
}
