import { describe, expect, it } from '@jest/globals';
import { createLiveViews, StoreUnavailable } from '#event-sourcing';
import type { EventStore, LiveView, RunningLiveViews } from '#event-sourcing';
import {
  basketCatalogue,
  createInMemoryEventStore,
  createTestClock,
  fixedClock,
  itemToAppend,
  withFaults,
} from '#event-sourcing-testing';
import type { BasketEvent } from '#event-sourcing-testing';

const clock = fixedClock();
const openStore = (): EventStore => createInMemoryEventStore({ catalogue: basketCatalogue, clock });

const countOf = (category: string): LiveView<number, BasketEvent> => ({
  name: `count of ${category}`,
  categories: [category],
  initial: 0,
  evolve: (count) => count + 1,
});
const baskets = countOf('basket');
const others = countOf('baskets');

async function started(store: EventStore, views = [baskets, others]): Promise<RunningLiveViews> {
  const live = createLiveViews(store, views, clock);
  await live.start();
  return live;
}

describe('live views', () => {
  it('are not to be read before they have caught up', async () => {
    const live = createLiveViews(openStore(), [baskets], clock);
    expect(live.ready).toBe(false);
    expect(() => live.read(baskets)).toThrow(StoreUnavailable);
    await live.start();
    expect(live.ready).toBe(true);
    expect(live.read(baskets)).toBe(0);
    await live.close();
  });

  it('fold what is there and what comes, each its own categories', async () => {
    const store = openStore();
    await store.append('basket-1', [itemToAppend(1), itemToAppend(2)], 'none');
    const live = await started(store);
    expect([live.read(baskets), live.read(others)]).toEqual([2, 0]);
    const { position } = await store.append('baskets-1', [itemToAppend(3)], 'none');
    await live.waitFor(position);
    expect([live.read(baskets), live.read(others)]).toEqual([2, 1]);
    expect(live.position).toBe(position);
    await live.close();
  });

  it('have seen a position when what stands before it is none of their concern (HIS-5)', async () => {
    const store = openStore();
    const live = await started(store, [baskets]);
    const { position } = await store.append('baskets-1', [itemToAppend(1)], 'none');
    await Promise.all([live.waitFor(position), live.waitFor(position)]);
    expect(live.position).toBe(position);
    expect(live.read(baskets)).toBe(0);
    await live.close();
  });

  it('do not let anybody wait for ever', async () => {
    const store = openStore();
    const live = await started(store);
    await expect(live.waitFor(1_000_000)).rejects.toThrow(StoreUnavailable);
    await live.close();
  });

  it('come back by themselves after the store failed', async () => {
    const store = openStore();
    await store.append('basket-1', [itemToAppend(1)], 'none');
    const failing = withFaults(store, ({ number }) => (['error-before', 'error-after'] as const)[number]);
    const live = await started(failing, [baskets]);
    const { position } = await store.append('basket-1', [itemToAppend(2)], 0);
    await live.waitFor(position);
    expect(live.read(baskets)).toBe(2);
    await live.close();
  });

  it('are not ready while an event stops them, and stand still until it can be read (R9)', async () => {
    const store = openStore();
    const waiting = createTestClock();
    const unreadable = withFaults(store, ({ number }) => (number === 0 ? undefined : 'error-before'));
    const failing: EventStore = {
      ...unreadable,
      async *subscribe(from) {
        for await (const batch of unreadable.subscribe(from)) {
          if (batch.events.length > 0) throw new StoreUnavailable('event-store', 'unreadable');
          yield batch;
        }
      },
    };
    const live = createLiveViews(failing, [baskets], waiting);
    await live.start();
    await store.append('basket-1', [itemToAppend(1)], 'none');
    await new Promise(setImmediate);
    expect(live.ready).toBe(false);
    expect(() => live.read(baskets)).toThrow(StoreUnavailable);
    await live.close();
  });

  it('know only the views they were made with', async () => {
    const live = await started(openStore(), [baskets]);
    expect(() => live.read(others)).toThrow(TypeError);
    await live.close();
  });
});
