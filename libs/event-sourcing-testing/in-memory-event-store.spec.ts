import { describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '#event-sourcing';
import type { Clock, EventCatalogue } from '#event-sourcing';
import { basketCatalogue, itemToAppend } from './basket.js';
import { collect } from './collect.js';
import { testEventStore } from './event-store-conformance.js';
import { withFaults } from './faulty-event-store.js';
import { createInMemoryEventStore, emptyLog } from './in-memory-event-store.js';
import { createTestClock, fixedClock } from './test-clock.js';

const log = emptyLog();
let streams = 0;

testEventStore('in-memory event store', {
  open: (catalogue: EventCatalogue) =>
    Promise.resolve(createInMemoryEventStore({ catalogue, clock: fixedClock(), log })),
  freshStream: (category) => `${category}-${streams++}`,
});

describe('in-memory event store', () => {
  const opened = (clock: Clock = fixedClock()) => createInMemoryEventStore({ catalogue: basketCatalogue, clock });

  it('forgets what has expired by its clock', async () => {
    const clock = createTestClock();
    const store = opened(clock);
    await store.expireAfter('basket-1', 60);
    await store.append('basket-1', [itemToAppend(1)], 'none');
    await clock.advance(61_000);
    await store.append('basket-1', [itemToAppend(2)], 0);
    expect((await collect(store.readStream('basket-1'))).map(({ revision }) => revision)).toEqual([1]);
  });

  it('fails before or after the effect, as the plan says', async () => {
    const store = opened();
    const failing = withFaults(store, ({ number }) => (['error-before', 'error-after'] as const)[number]);
    await expect(failing.append('basket-1', [itemToAppend(1)], 'none')).rejects.toThrow(StoreUnavailable);
    expect(await collect(store.readStream('basket-1'))).toEqual([]);
    await expect(failing.append('basket-1', [itemToAppend(1)], 'none')).rejects.toThrow(StoreUnavailable);
    expect(await collect(store.readStream('basket-1'))).toHaveLength(1);
    await failing.append('basket-1', [itemToAppend(2)], 0);
  });
});
