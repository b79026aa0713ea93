import { beforeEach, describe, expect, it } from '@jest/globals';
import { createCommandRunner, StreamGone } from '#event-sourcing';
import type { Command, CommandRunner, Decider, EventStore } from '#event-sourcing';
import {
  addItem,
  basket,
  basketCatalogue,
  collect,
  createInMemoryEventStore,
  createTestIds,
  emptyLog,
  fixedClock,
} from '#event-sourcing-testing';
import type { BasketEvent } from '#event-sourcing-testing';

const stream = 'basket-1';
const clock = fixedClock();
let store: EventStore;
let runners = 0;

const openRunner = (over = store): CommandRunner =>
  createCommandRunner({ store: over, catalogue: basketCatalogue, ids: createTestIds(`runner ${runners++}`), clock });

beforeEach(() => {
  store = createInMemoryEventStore({ catalogue: basketCatalogue, clock, log: emptyLog() });
});

describe('loading a stream', () => {
  it('gives what this process remembers, or reads what others wrote', async () => {
    const runner = openRunner();
    await runner.run(basket, stream, addItem('command-1'));
    const { position } = await openRunner().load(basket, stream, { fresh: true });
    await openRunner().run(basket, stream, addItem('command-2'));
    const remembered = { state: { items: { pen: 1 }, closed: false }, revision: 0, position };
    expect(await runner.load(basket, stream, { fresh: false })).toEqual(remembered);
    expect(await runner.load(basket, stream, { fresh: true })).toMatchObject({
      state: { items: { pen: 2 } },
      revision: 1,
    });
    expect(await runner.load(basket, stream, { fresh: false })).toMatchObject({ revision: 1 });
  });

  it('knows a stream that never was', async () => {
    const loaded = await openRunner().load(basket, stream, { fresh: false });
    expect(loaded).toEqual({ state: basket.initial, revision: -1, position: 0 });
  });

  it('remembers the newer of two reads, whichever ends first', async () => {
    await openRunner().run(basket, stream, addItem('command-1'));
    const hasRead = Promise.withResolvers<undefined>();
    const mayEnd = Promise.withResolvers<undefined>();
    let reads = 0;
    const firstReadIsSlow: EventStore = {
      ...store,
      async *readStream(name, read) {
        const first = reads++ === 0;
        const events = await collect(store.readStream(name, read));
        hasRead.resolve(undefined);
        if (first) await mayEnd.promise;
        yield* events;
      },
    };
    const runner = openRunner(firstReadIsSlow);
    const slow = runner.load(basket, stream, { fresh: true });
    await hasRead.promise;
    await openRunner().run(basket, stream, addItem('command-2'));
    expect(await runner.load(basket, stream, { fresh: true })).toMatchObject({ revision: 1 });
    mayEnd.resolve(undefined);
    expect(await slow).toMatchObject({ revision: 0 });
    expect(await runner.load(basket, stream, { fresh: false })).toMatchObject({ revision: 1 });
  });

  it('gives nobody what another decider folded', async () => {
    const counting: Decider<Command, BasketEvent, number, never> = {
      initial: 0,
      evolve: (count) => count + 1,
      decide: () => [],
    };
    const runner = openRunner();
    await runner.run(basket, stream, addItem('command-1', 'pen', 7));
    expect(await runner.load(counting, stream, { fresh: false })).toMatchObject({ state: 1, revision: 0 });
    expect(await runner.load(basket, stream, { fresh: false })).toMatchObject({ state: { items: { pen: 7 } } });
  });

  it('forgets a stream that it finds gone', async () => {
    const runner = openRunner();
    await runner.run(basket, stream, addItem('command-1'));
    await store.tombstone(stream, 0);
    await expect(runner.load(basket, stream, { fresh: true })).rejects.toThrow(StreamGone);
    await expect(runner.load(basket, stream, { fresh: false })).rejects.toThrow(StreamGone);
  });
});
