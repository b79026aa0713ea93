import { describe, expect, it } from '@jest/globals';
import { checkStoreIdentity, ForeignStore } from '#event-sourcing';
import {
  basketCatalogue,
  collect,
  createInMemoryEventStore,
  createTestIds,
  fixedClock,
  itemToAppend,
} from '#event-sourcing-testing';

const clock = fixedClock();
const [ours, foreign] = [createTestIds('ours'), createTestIds('foreign')];

describe('the identity of a store', () => {
  it('is written at the first start, once, also when several processes start together', async () => {
    const store = createInMemoryEventStore({ catalogue: basketCatalogue, clock });
    await Promise.all([1, 2, 3].map(() => checkStoreIdentity(store, ours, clock)));
    await checkStoreIdentity(store, ours, clock);
    expect((await collect(store.readStream('store'))).map(({ type }) => type)).toEqual(['StoreInitialised']);
  });

  it('is not confused with that of a store under another key', async () => {
    const store = createInMemoryEventStore({ catalogue: basketCatalogue, clock });
    await checkStoreIdentity(store, ours, clock);
    await expect(checkStoreIdentity(store, foreign, clock)).rejects.toThrow(ForeignStore);
  });

  it('is another one in a copy where the events stand elsewhere', async () => {
    const newStore = () => createInMemoryEventStore({ catalogue: basketCatalogue, clock });
    const [store, copy] = [newStore(), newStore()];
    const epoch = await checkStoreIdentity(store, ours, clock);
    const [first] = await collect(store.readStream('store'));
    if (!first) throw new Error('the store has no identity');
    await copy.append('basket-1', [itemToAppend(1)], 'none');
    await copy.append('store', [first], 'none');
    expect(epoch).toBe(`${first.id}@7`);
    expect(await checkStoreIdentity(store, ours, clock)).toBe(epoch);
    expect(await checkStoreIdentity(copy, ours, clock)).toBe(`${first.id}@14`);
  });

  it('DEL-3: a store that began with plain personal data is refused', async () => {
    const store = createInMemoryEventStore({ catalogue: basketCatalogue, clock });
    const header = { commandId: 'c', commandHash: 'h', correlationId: 'c', causationId: 'c', at: clock.now() };
    const metadata = { ...header, actor: { id: 'installation', role: 'workflow' }, schemaVersion: 2 } as const;
    const data = { keyCheck: ours.keyed('store', 'key-check'), envelope: 0 };
    await store.append('store', [{ id: 'c', type: 'StoreInitialised', data, metadata }], 'none');
    await expect(checkStoreIdentity(store, ours, clock)).rejects.toThrow(/plain text.*start with an empty one/);
  });
});
