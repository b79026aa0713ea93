import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createCommandRunner, runWorkflow } from '#event-sourcing';
import type { EventStore, Recorded, ToDo, Workflow, WorkflowRunner } from '#event-sourcing';
import {
  basket,
  basketCatalogue,
  closeBasket,
  collect,
  createInMemoryEventStore,
  createTestIds,
  fixedClock,
  itemToAppend,
} from '#event-sourcing-testing';
import type { BasketEvent } from '#event-sourcing-testing';

type State = 'nothing' | 'filled' | 'closed';

const clock = fixedClock();
const ids = createTestIds();
let store: EventStore;
let running: WorkflowRunner[];
let performed: { readonly key: string; readonly commandId: string }[];
let faults: unknown[];
/** Keys whose to-do fails so often before it succeeds. */
let failures: Map<string, number>;
/** Keys that a rule of the workflow cannot cope with. */
let poison: Set<string>;

beforeEach(() => {
  store = createInMemoryEventStore({ catalogue: basketCatalogue, clock });
  [running, performed, faults] = [[], [], []];
  failures = new Map();
  poison = new Set();
});

afterEach(async () => {
  for (const runner of running) await runner.stop();
});

/** Closes each basket when something is in it. */
function whenFilledThenClose(): Workflow<BasketEvent, State> {
  const runner = createCommandRunner({ store, catalogue: basketCatalogue, ids, clock });
  return {
    name: 'when-filled-then-close',
    on: new Set(['ItemAdded', 'BasketClosed']),
    key: ({ stream }) => stream,
    initial: 'nothing',
    evolve(_state, event: Recorded<BasketEvent>) {
      if (poison.has(event.stream)) throw new Error('poisoned');
      return event.type === 'ItemAdded' ? 'filled' : 'closed';
    },
    react: (state): readonly ToDo[] => (state === 'filled' ? [{ id: 'close', name: 'close' }] : []),
    async perform(_todo, { key, commandId }) {
      performed.push({ key, commandId });
      const left = failures.get(key) ?? 0;
      failures.set(key, left - 1);
      if (left > 0) throw new Error('not yet');
      await runner.run(basket, key, closeBasket(commandId));
    },
  };
}

async function start(): Promise<WorkflowRunner> {
  const stumbled = (fault: unknown): number => faults.push(fault);
  const runner = runWorkflow(whenFilledThenClose(), { store, ids, clock, stumbled });
  running.push(runner);
  await runner.start();
  return runner;
}

const fill = (stream: string, number = 1): Promise<unknown> => store.append(stream, [itemToAppend(number)], 'any');

/** Waits for what the workflow does, as a reader of the log sees it. */
async function closed(...streams: string[]): Promise<void> {
  const left = new Set(streams);
  const stop = new AbortController();
  for await (const { events } of store.subscribe({ after: 'start', signal: stop.signal })) {
    for (const { type, stream } of events) if (type === 'BasketClosed') left.delete(stream);
    if (left.size === 0) stop.abort();
  }
}

const typesOf = async (stream: string): Promise<string[]> =>
  (await collect(store.readStream(stream))).map(({ type }) => type);

describe('a workflow', () => {
  it('does what its events ask for, before and after its start, once', async () => {
    await fill('basket-1');
    const runner = await start();
    await fill('basket-2');
    await closed('basket-1', 'basket-2');
    await runner.stop();
    expect(performed.map(({ key }) => key)).toEqual(['basket-1', 'basket-2']);
    expect(await typesOf('basket-1')).toEqual(['ItemAdded', 'BasketClosed']);
  });

  it('does nothing again after a restart', async () => {
    await fill('basket-1');
    const runner = await start();
    await closed('basket-1');
    await runner.stop();
    performed = [];
    await start();
    await fill('basket-2');
    await closed('basket-2');
    expect(performed.map(({ key }) => key)).toEqual(['basket-2']);
  });

  it('tries again until it succeeds, under the same command id, while others go on', async () => {
    failures.set('basket-1', 3);
    await fill('basket-1');
    await fill('basket-2');
    await start();
    await closed('basket-1', 'basket-2');
    const attempts = performed.filter(({ key }) => key === 'basket-1');
    expect(attempts).toHaveLength(4);
    expect(new Set(attempts.map(({ commandId }) => commandId)).size).toBe(1);
    expect(faults).toEqual([new Error('not yet'), new Error('not yet'), new Error('not yet')]);
  });

  it('takes up after a restart what it could not finish', async () => {
    failures.set('basket-1', Infinity);
    await fill('basket-1');
    const runner = await start();
    await fill('basket-2');
    await closed('basket-2');
    await runner.stop();
    failures.clear();
    await start();
    await closed('basket-1');
    expect(new Set(performed.map(({ key, commandId }) => `${key} ${commandId}`)).size).toBe(2);
  });

  it('lets a key that its own rules cannot cope with stand alone', async () => {
    poison.add('basket-1');
    await fill('basket-1');
    await fill('basket-2');
    const runner = await start();
    await closed('basket-2');
    await fill('basket-3');
    await closed('basket-3');
    await runner.stop();
    expect(performed.map(({ key }) => key)).toEqual(['basket-2', 'basket-3']);
    expect(faults).toEqual([new Error('poisoned')]);
    poison.clear();
    await start();
    await closed('basket-1');
  });

  it('may run twice at the same time', async () => {
    await start();
    await start();
    const streams = Array.from({ length: 20 }, (_, n) => `basket-${n}`);
    for (const stream of streams) await fill(stream);
    await closed(...streams);
    for (const runner of running) await runner.stop();
    for (const stream of streams) expect(await typesOf(stream)).toEqual(['ItemAdded', 'BasketClosed']);
  });
});
