import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createCommandRunner, outcomeDecider, StoreUnavailable } from '#event-sourcing';
import type { EventStore, ToDo, Workflow, WorkflowInstance } from '#event-sourcing';
import {
  basket,
  basketCatalogue,
  closeBasket,
  collect,
  createInMemoryDocuments,
  createInMemoryEventStore,
  createMovableClock,
  createTestIds,
  itemToAppend,
  startWorker,
  testGoldenEvents,
} from '#event-sourcing-testing';
import type { BasketEvent, InMemoryDocuments, MovableClock } from '#event-sourcing-testing';
import { instanceStream, workflowEvents } from './events.js';
import { workflowsModel } from './instance.js';
import { mostAttempts } from './outcomes.js';

const day = 86_400_000;
/** What the test workflow waits before it acts. */
const wait = 30 * day;

const timerRuns = Number(process.env['TIMER_RUNS'] ?? 50);

interface State {
  readonly phase: 'nothing' | 'filled' | 'closed';
  readonly due: string;
}

const ids = createTestIds();
let clock: MovableClock;
let store: EventStore;
let documents: InMemoryDocuments;
let workers: Awaited<ReturnType<typeof startWorker>>[];
let performed: string[];
let commandIds: Set<string>;
let faults: unknown[];
/** Baskets whose to-do fails so often before it succeeds. */
let failures: Map<string, number>;
/** Baskets that a rule of the workflow cannot cope with. */
let poison: Set<string>;

beforeEach(() => {
  clock = createMovableClock();
  store = createInMemoryEventStore({ catalogue: basketCatalogue, clock });
  documents = createInMemoryDocuments({ clock: createMovableClock() });
  [workers, performed, faults] = [[], [], []];
  failures = new Map();
  poison = new Set();
  commandIds = new Set();
});

afterEach(async () => {
  for (const worker of workers) await worker.stop();
});

const fail = () => new RangeError('not yet');

/** Closes each basket so long after something was put into it; what else is put in does not change the time. */
function whenFilledThenClose(
  changed: Partial<Workflow<BasketEvent, State>> & { readonly after?: number } = {},
): Workflow<BasketEvent, State> {
  const { after = 0, ...rest } = changed;
  return {
    name: 'when-filled-then-close',
    version: 1,
    actsFrom: 'beginning',
    on: new Set(['ItemAdded', 'BasketClosed']),
    key: ({ stream }) => stream,
    initial: { phase: 'nothing', due: '' },
    evolve(state, event) {
      if (poison.has(event.stream)) throw new RangeError('poisoned');
      if (event.type === 'BasketClosed') return { phase: 'closed', due: '' };
      return state.phase === 'filled'
        ? state
        : { phase: 'filled', due: new Date(Date.parse(event.created) + after).toISOString() };
    },
    react: ({ phase, due }): readonly ToDo[] => (phase === 'filled' ? [{ id: 'close', name: 'close', due }] : []),
    owners: () => [],
    performer: ({ runner }) => ({
      async perform(_todo, { key, header }) {
        performed.push(key);
        commandIds.add(header.commandId);
        const left = failures.get(key) ?? 0;
        failures.set(key, left - 1);
        if (left > 0) throw fail();
        const result = await runner.run(basket, key, { ...closeBasket(header.commandId), ...header });
        return result.accepted ? result.position : 0;
      },
    }),
    ...rest,
  };
}

async function work(workflow = whenFilledThenClose(), on = documents) {
  const runner = createCommandRunner({ store, catalogue: basketCatalogue, ids, clock });
  const views = { ready: true, position: 0, waitFor: () => Promise.resolve(), read: () => never() };
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const stumbled = (fault: unknown): number => faults.push(fault);
  const ports = { store, runner, ids, clock, views, sha256 };
  const worker = await startWorker([workflow], ports, { documents: on, stumbled });
  workers.push(worker);
  return worker;
}

function never(): never {
  throw new Error('no view is read');
}

const fill = (stream: string, number = 1): Promise<unknown> => store.append(stream, [itemToAppend(number)], 'any');

/** Waits for what the log says, without a limit of its own: the test's is the limit. */
async function recorded(wanted: string, ...streams: string[]): Promise<void> {
  const left = new Set(streams);
  const stop = new AbortController();
  for await (const { events } of store.subscribe({ after: 'start', signal: stop.signal })) {
    for (const { type, stream } of events) if (type === wanted) left.delete(stream);
    if (left.size === 0) stop.abort();
  }
}

const closed = (...streams: string[]): Promise<void> => recorded('BasketClosed', ...streams);
const typesOf = async (stream: string): Promise<string[]> =>
  (await collect(store.readStream(stream))).map(({ type }) => type);
const outcomes = (key: string): Promise<string[]> => typesOf(instanceStream('when-filled-then-close', key));
const instances = (): WorkflowInstance[] =>
  documents.held(workflowsModel).flatMap(({ body }) => (body ? [body as WorkflowInstance] : []));

/** Until the model shows this; polled, because that is what it is made for. */
async function shown(holds: (instances: readonly WorkflowInstance[]) => boolean): Promise<void> {
  while (!holds(instances())) await clock.sleep(100);
}

describe('a workflow', () => {
  it('does what its events ask for, before and after its start, once, and is forgotten at rest', async () => {
    await fill('basket-1');
    await work();
    await fill('basket-2');
    await closed('basket-1', 'basket-2');
    await shown((left) => left.length === 0);
    expect(performed.sort()).toEqual(['basket-1', 'basket-2']);
    expect(await typesOf('basket-1')).toEqual(['ItemAdded', 'BasketClosed']);
    expect(await outcomes('basket-1')).toEqual([]);
  });

  it('does nothing again after a restart, nor when the models are rebuilt from nothing', async () => {
    await fill('basket-1');
    const first = await work();
    await closed('basket-1');
    await first.stop();
    performed = [];
    const second = await work(whenFilledThenClose(), createInMemoryDocuments({ clock: createMovableClock() }));
    await fill('basket-2');
    await closed('basket-2');
    await second.stop();
    expect(performed).toEqual(['basket-2']);
  });

  it('tries again later and later, under the same command id, while others go on', async () => {
    failures.set('basket-1', 2);
    await fill('basket-1');
    await fill('basket-2');
    await work();
    await closed('basket-2');
    for (const pause of [1_000, 2_000]) {
      const attempt = pause / 1_000;
      await shown(([first]) => first?.failing?.attempts === attempt);
      const retryAt = new Date(Date.parse(clock.now()) + pause).toISOString();
      expect(instances()[0]?.failing).toEqual({ todo: 'close', attempts: attempt, retryAt });
      clock.jump(pause);
    }
    await closed('basket-1');
    expect(performed.filter((key) => key === 'basket-1')).toHaveLength(3);
    expect(commandIds.size).toBe(2);
    expect(await outcomes('basket-1')).toEqual(['WorkflowAttemptFailed', 'WorkflowAttemptFailed']);
    expect(faults).toEqual([fail(), fail()]);
  });

  it('quarantines an instance that never succeeds, alone and visibly, until it is released', async () => {
    failures.set('basket-1', mostAttempts);
    await fill('basket-1');
    await work();
    for (let attempt = 1; attempt < mostAttempts; attempt++) {
      await shown(([first]) => first?.failing?.attempts === attempt);
      clock.jump(day);
    }
    await shown(([first]) => first?.quarantined !== null);
    expect(instances()).toMatchObject([{ quarantined: { reason: 'RangeError', attempts: mostAttempts }, due: null }]);
    await fill('basket-2');
    await closed('basket-2');
    clock.jump(day);
    expect(performed.filter((key) => key === 'basket-1')).toHaveLength(mostAttempts);

    const runner = createCommandRunner({ store, catalogue: basketCatalogue, ids, clock });
    const header = { ...closeBasket('release'), at: clock.now() };
    const instance = { workflow: 'when-filled-then-close', key: 'basket-1' };
    const stream = instanceStream(instance.workflow, instance.key);
    const release = { ...header, type: 'ReleaseInstance', ...instance } as const;
    expect(await runner.run(outcomeDecider, stream, release)).toMatchObject({ accepted: true });
    await closed('basket-1');
    const again = { ...release, commandId: 'again', commandHash: 'again' };
    expect(await runner.run(outcomeDecider, stream, again)).toMatchObject({ refusal: { code: 'not-quarantined' } });
  });

  it('counts no attempt while a store is away', async () => {
    let away = 5;
    const workflow = whenFilledThenClose();
    await fill('basket-1');
    await work({
      ...workflow,
      performer: (ports) => ({
        perform(todo, context) {
          if (away-- > 0) throw new StoreUnavailable('event-store', 'test');
          return workflow.performer(ports).perform(todo, context);
        },
      }),
    });
    await closed('basket-1');
    expect(faults).toHaveLength(5);
    expect(await outcomes('basket-1')).toEqual([]);
  });

  it('lets a key that its own rules cannot cope with stand alone', async () => {
    poison.add('basket-1');
    await fill('basket-1');
    await fill('basket-2');
    await work();
    await closed('basket-2');
    await recorded('WorkflowQuarantined', instanceStream('when-filled-then-close', 'basket-1'));
    await shown(([first]) => first?.quarantined !== null);
    await fill('basket-3');
    await closed('basket-3');
    await shown((all) => all.length === 1);
    expect(instances()).toMatchObject([{ key: 'basket-1', broken: 'RangeError', quarantined: { attempts: 0 } }]);
  });

  it('records that a to-do is done when no event of the domain says so, and does not do it again', async () => {
    const silent = whenFilledThenClose({
      performer: () => ({
        perform(_todo, { key }) {
          performed.push(key);
          return Promise.resolve(0);
        },
      }),
    });
    await fill('basket-1');
    const first = await work(silent);
    await recorded('WorkflowToDoSettled', instanceStream('when-filled-then-close', 'basket-1'));
    await shown((left) => left.length === 0);
    await first.stop();
    await work(silent);
    await fill('basket-2');
    await recorded('WorkflowToDoSettled', instanceStream('when-filled-then-close', 'basket-2'));
    expect(performed).toEqual(['basket-1', 'basket-2']);
  });

  it('R5: does nothing again in a copy of the log, whose positions are others, and fires there what still waits', async () => {
    const settled = (key: string) => recorded('WorkflowToDoSettled', instanceStream('when-filled-then-close', key));
    const silent = whenFilledThenClose({
      after: wait,
      performer: () => ({
        perform(_todo, { key, header }) {
          performed.push(key);
          commandIds.add(header.commandId);
          return Promise.resolve(0);
        },
      }),
    });
    await fill('basket-1');
    const first = await work(silent);
    await shown((all) => all.length === 1);
    clock.jump(wait);
    await settled('basket-1');
    await fill('basket-2');
    await shown(([waiting]) => waiting?.key === 'basket-2');
    await first.stop();

    const original = await collect(store.readAll());
    store = createInMemoryEventStore({ catalogue: basketCatalogue, clock });
    documents = createInMemoryDocuments({ clock: createMovableClock() });
    await fill('basket-0');
    for (const { stream, id, type, data, metadata } of original) {
      await store.append(stream, [{ id, type, data, metadata }], 'any');
    }
    await work(silent);
    await shown((all) => all.length === 2);
    clock.jump(wait);
    await settled('basket-2');
    expect(performed.toSorted()).toEqual(['basket-0', 'basket-1', 'basket-2']);
    expect(commandIds.size).toBe(3);
  });

  it('that acts from where it was first enabled leaves alone what began before, also after a rebuild', async () => {
    const later = whenFilledThenClose({ actsFrom: 'first-enabled' });
    await fill('basket-1');
    const first = await work(later);
    await recorded('WorkflowEnabled', 'workflow-when-filled-then-close');
    await fill('basket-2');
    await closed('basket-2');
    await first.stop();
    await work(later, createInMemoryDocuments({ clock: createMovableClock() }));
    await fill('basket-3');
    await closed('basket-3');
    expect(performed).toEqual(['basket-2', 'basket-3']);
    expect(await typesOf('workflow-when-filled-then-close')).toEqual(['WorkflowEnabled']);
  });
});

describe('a timer', () => {
  const slow = () => whenFilledThenClose({ after: wait });

  it('fires when its time has come, not before, and its instance holds nothing up meanwhile', async () => {
    await fill('basket-1');
    const first = await work(slow());
    await shown((all) => all.length === 1);
    clock.jump(wait - 1);
    await fill('basket-2');
    await shown((all) => all.length === 2);
    expect(performed).toEqual([]);
    clock.jump(1);
    await closed('basket-1');
    await first.stop();
    expect(performed).toEqual(['basket-1']);
    expect(instances().map(({ key }) => key)).toEqual(['basket-2']);
  });

  it('that is no longer wanted does not fire', async () => {
    await fill('basket-1');
    await work(slow());
    await shown((all) => all.length === 1);
    const runner = createCommandRunner({ store, catalogue: basketCatalogue, ids, clock });
    await runner.run(basket, 'basket-1', closeBasket('by hand'));
    await shown((all) => all.length === 0);
    clock.jump(2 * wait);
    await fill('basket-2');
    await shown((all) => all.length === 1);
    expect(performed).toEqual([]);
  });

  it('R5: fires once, whatever the clock does (±1 day), across restarts, with two workers, and with the models lost', async () => {
    const steps = fc.array(
      fc.oneof(
        fc.integer({ min: -day, max: day }).map((jump) => ({ kind: 'jump', jump }) as const),
        fc.constantFrom({ kind: 'restart' } as const, { kind: 'second' } as const, { kind: 'lose' } as const),
        fc.integer({ min: 1, max: 3 }).map((basket) => ({ kind: 'fill', basket }) as const),
      ),
      { minLength: 3, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (played) => {
        clock = createMovableClock();
        store = createInMemoryEventStore({ catalogue: basketCatalogue, clock });
        documents = createInMemoryDocuments({ clock: createMovableClock() });
        commandIds.clear();
        const waiting = () => whenFilledThenClose({ after: day });
        let running = [await work(waiting())];
        const baskets = new Set(['basket-0']);
        await fill('basket-0');
        for (const step of played) {
          if (step.kind === 'jump') clock.jump(step.jump);
          if (step.kind === 'fill') {
            // Filled again, a closed basket would ask to be closed once more.
            if (!baskets.has(`basket-${step.basket}`)) await fill(`basket-${step.basket}`);
            baskets.add(`basket-${step.basket}`);
          }
          if (step.kind === 'second' && running.length < 2) running.push(await work(waiting()));
          if (step.kind === 'restart' || step.kind === 'lose') {
            for (const worker of running) await worker.stop();
            if (step.kind === 'lose') documents = createInMemoryDocuments({ clock: createMovableClock() });
            running = [await work(waiting())];
          }
          await clock.sleep(300);
        }
        clock.jump(20 * day);
        await closed(...baskets);
        for (const worker of running) await worker.stop();
        for (const name of baskets) expect(await typesOf(name)).toEqual(['ItemAdded', 'BasketClosed']);
        expect(commandIds.size).toBe(baskets.size);
      }),
      { numRuns: timerRuns },
    );
  }, 600_000);
});

describe('the events ever written', () => {
  testGoldenEvents(import.meta.dirname, workflowEvents.definitions);
});
