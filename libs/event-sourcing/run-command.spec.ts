import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  CommandIdReused,
  createCommandRunner,
  EventTooLarge,
  NewerWriter,
  Overloaded,
  PreconditionFailed,
  StoreUnavailable,
  StreamGone,
} from '#event-sourcing';
import type { CommandRunner, EventStore, RecordedEvent } from '#event-sourcing';
import {
  addItem,
  basket,
  basketCatalogue,
  basketHeader,
  closeBasket,
  collect,
  createInMemoryEventStore,
  createTestIds,
  emptyLog,
  ensureItem,
  fixedClock,
  itemToAppend,
  withFaults,
} from '#event-sourcing-testing';
import type { BasketCommand, BasketEvent, InjectedFault, StoreCall } from '#event-sourcing-testing';

const stream = 'basket-1';
const clock = fixedClock();
let log = emptyLog();
let calls: StoreCall[] = [];
let runners = 0;
let fault: (call: StoreCall) => InjectedFault | undefined;
let store: EventStore;

const openStore = (): EventStore => createInMemoryEventStore({ catalogue: basketCatalogue, clock, log });
const openRunner = (over = store): CommandRunner =>
  createCommandRunner({ store: over, catalogue: basketCatalogue, ids: createTestIds(`runner ${runners++}`), clock });

beforeEach(() => {
  log = emptyLog();
  calls = [];
  fault = () => undefined;
  store = withFaults(openStore(), (call) => {
    calls.push(call);
    return fault(call);
  });
});

const stored = (name = stream): Promise<RecordedEvent[]> => collect(openStore().readStream(name));

const run = (runner: CommandRunner, command: BasketCommand, options = {}) =>
  runner.run(basket, stream, command, options);
const methods = (): string[] => calls.map(({ method }) => method);

describe('running a command', () => {
  it('appends what was decided, with who, why and when in the metadata', async () => {
    const result = await run(openRunner(), addItem('command-1', 'pen', 2));
    const [event] = await stored();
    expect(result).toEqual({
      accepted: true,
      events: [{ type: 'ItemAdded', data: { item: 'pen', count: 2 } }],
      position: event?.position,
      revision: 0,
      repeated: false,
    });
    expect(event?.metadata).toEqual({ ...basketHeader('command-1'), schemaVersion: 1 });
  });

  it('answers a refusal as a value and leaves no trace', async () => {
    const runner = openRunner();
    await run(runner, closeBasket('command-1'));
    expect(await run(runner, addItem('command-2'), { keyed: true })).toEqual({
      accepted: false,
      refusal: { code: 'basket-closed', items: 0 },
      revision: 0,
    });
    expect(log.events).toHaveLength(1);
  });

  it('costs one append and no read when the stream is known', async () => {
    const runner = openRunner();
    await run(runner, addItem('command-1'));
    calls = [];
    await run(runner, addItem('command-2'));
    expect(methods()).toEqual(['append']);
  });

  it('decides on what another process wrote meanwhile', async () => {
    const [here, there] = [openRunner(), openRunner(openStore())];
    await run(here, addItem('command-1'));
    await run(there, closeBasket('command-2'));
    expect(await run(here, addItem('command-3'))).toMatchObject({ accepted: false, refusal: { items: 1 } });
  });

  it('looks at the stream again before it says no on what it remembers', async () => {
    const here = openRunner();
    await run(here, addItem('command-1'));
    const reopened = { ...basket, evolve: basket.evolve };
    await openRunner(openStore()).run(reopened, stream, addItem('command-2', 'cup'));
    calls = [];
    expect(await run(here, ensureItem('command-3', 'cup'))).toMatchObject({
      accepted: true,
      repeated: false,
      revision: 1,
    });
    expect(methods()).toEqual(['append', 'readStream']);
    calls = [];
    expect(await run(here, ensureItem('command-4', 'cup'))).toMatchObject({ accepted: true, events: [], revision: 1 });
    expect(methods()).toEqual(['readStream']);
  });

  it.each([
    { way: 'append', call: 'append', first: {} },
    { way: 'reading', call: 'readStream', first: { ifRevision: 7 } },
  ])('looks at the stream again for a command that came while its last $way was under way', async ({ call, first }) => {
    const there = openRunner(openStore());
    let came: ReturnType<typeof run> | undefined;
    /** Before the answer is here another process writes, and a command that knows of it comes. */
    async function beforeAnswerOf(answered: string): Promise<void> {
      if (answered !== call || came) return;
      const { revision } = await run(there, addItem('command-2'));
      came = run(here, addItem('command-3'), { ifRevision: revision });
    }
    const here = openRunner({
      ...store,
      async append(...request) {
        const appended = await store.append(...request);
        await beforeAnswerOf('append');
        return appended;
      },
      async *readStream(...request) {
        yield* store.readStream(...request);
        await beforeAnswerOf('readStream');
      },
    });
    await Promise.allSettled([run(here, addItem('command-1'), first)]);
    expect(await came).toMatchObject({ accepted: true });
  });

  it('goes on after events that can no longer be read', async () => {
    await run(openRunner(), addItem('command-1'));
    await run(openRunner(), addItem('command-2'));
    await store.truncateBefore(stream, 2);
    expect(await run(openRunner(), addItem('command-3', 'cup'))).toMatchObject({ accepted: true, revision: 2 });
  });

  it('stops at what a newer version wrote (R9)', async () => {
    await store.append(stream, [itemToAppend(1)], 'none');
    const [event] = log.events;
    Object.assign(event?.json ?? {}, {
      metadata: event?.json.metadata.replace('"schemaVersion":1', '"schemaVersion":2'),
    });
    await expect(run(openRunner(), addItem('command-1'))).rejects.toEqual(new NewerWriter(stream, 'ItemAdded', 2));
  });

  it('forgets a stream that is gone', async () => {
    const runner = openRunner();
    await run(runner, addItem('command-1'));
    await store.tombstone(stream, 'any');
    await expect(run(runner, addItem('command-2'))).rejects.toEqual(new StreamGone(stream));
    calls = [];
    await expect(runner.load(basket, stream, { fresh: false })).rejects.toEqual(new StreamGone(stream));
    expect(methods()).toEqual(['readStream']);
  });

  it('gives a fault of the decider to its caller alone', async () => {
    const broken = {
      ...basket,
      decide: (command: BasketCommand, state: typeof basket.initial) => {
        if (command.commandId === 'command-2') throw new Error('broken rule');
        return basket.decide(command, state);
      },
    };
    const runner = openRunner();
    const outcomes = await Promise.allSettled(
      ['command-1', 'command-2', 'command-3'].map((id) => runner.run(broken, stream, addItem(id))),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await stored()).toHaveLength(2);
  });

  it('answers 503 and goes on when the store fails', async () => {
    const runner = openRunner();
    fault = ({ number }) => (number < 2 ? 'error-before' : undefined);
    await expect(run(runner, addItem('command-1'))).rejects.toThrow(StoreUnavailable);
    await expect(run(runner, addItem('command-1'))).rejects.toThrow(StoreUnavailable);
    expect(await run(runner, addItem('command-1'))).toMatchObject({ accepted: true, revision: 0 });
  });
});

describe('If-Match', () => {
  it('lets a command through that has seen the newest event', async () => {
    const runner = openRunner();
    await run(runner, addItem('command-1'));
    expect(await run(runner, addItem('command-2'), { ifRevision: 0 })).toMatchObject({ accepted: true, revision: 1 });
  });

  it('refuses one that has not, after looking at the stream', async () => {
    const runner = openRunner();
    await run(runner, addItem('command-1'));
    await run(openRunner(openStore()), addItem('command-2'));
    await expect(run(runner, addItem('command-3'), { ifRevision: 7 })).rejects.toEqual(
      new PreconditionFailed(stream, 7, 1),
    );
    await expect(run(runner, addItem('command-4'), { ifRevision: 0 })).rejects.toEqual(
      new PreconditionFailed(stream, 0, 1),
    );
  });
});

describe('commands that wait for one stream', () => {
  it('share an append, each decided on what the one before left', async () => {
    const runner = openRunner();
    const ids = Array.from({ length: 100 }, (_, n) => `command-${n}`);
    const results = await Promise.all(ids.map((id) => run(runner, addItem(id))));
    expect(methods()).toEqual(['readStream', 'append', 'append']);
    expect(results.map((result) => result.revision)).toEqual(ids.map((_, n) => n));
    const events = await stored();
    const lastOfAppend = (n: number): number => (n < 64 ? 63 : 99);
    expect(events.map(({ metadata }) => metadata.settledAt)).toEqual(ids.map((_, n) => lastOfAppend(n)));
    const positions = results.map((result) => result.accepted && result.position);
    expect(positions).toEqual(ids.map((_, n) => events[lastOfAppend(n)]?.position));
  });

  it('share an append of bounded size', async () => {
    const runner = openRunner();
    const large = 'x'.repeat(60_000);
    await Promise.all(Array.from({ length: 9 }, (_, n) => run(runner, addItem(`command-${n}`, large))));
    expect(methods()).toEqual(['readStream', 'append', 'append', 'append']);
  });

  it('are decided again one by one when another process was faster', async () => {
    const faster = openStore();
    fault = ({ method }) => {
      if (method === 'append' && log.events.length === 0) void faster.append(stream, [itemToAppend(0)], 'none');
      return undefined;
    };
    const runner = openRunner();
    const ids = ['command-1', 'command-2', 'command-3'];
    await Promise.all(ids.map((id) => run(runner, addItem(id))));
    expect(methods()).toEqual(['readStream', 'append', 'readStream', 'append', 'append', 'append']);
    expect((await stored()).map(({ metadata }) => metadata.commandId)).toEqual(['command-0', ...ids]);
  });

  it('do not suffer from one that is too large', async () => {
    const runner = openRunner();
    const items = ['pen', 'cup', 'x'.repeat(70_000), 'hat'];
    const outcomes = await Promise.allSettled(items.map((item, n) => run(runner, addItem(`command-${n}`, item))));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[2]).toMatchObject({ reason: new EventTooLarge(stream, 65_536) });
  });

  it('are refused beyond a bound', async () => {
    const runner = createCommandRunner({
      store,
      catalogue: basketCatalogue,
      ids: createTestIds(),
      clock,
      mostWaiting: 2,
    });
    const outcomes = await Promise.allSettled([1, 2, 3].map((n) => run(runner, addItem(`command-${n}`))));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(outcomes[2]).toMatchObject({ reason: new Overloaded(stream) });
  });
});

describe('a repeated command', () => {
  it('gets the same answer, also from another process and when it shared an append', async () => {
    const runner = openRunner();
    const ids = ['command-1', 'command-2', 'command-3', 'command-4'];
    const first = await Promise.all(ids.map((id) => run(runner, addItem(id, id))));
    const again = first.map((result) => ({ ...result, repeated: true }));
    expect(await Promise.all(ids.map((id) => run(runner, addItem(id, id))))).toEqual(again);
    expect(await Promise.all(ids.map((id) => run(openRunner(), addItem(id, id))))).toEqual(again);
    expect(await stored()).toHaveLength(4);
  });

  it('gets all its events again', async () => {
    const doubled: typeof basket = {
      ...basket,
      decide: (command, state) =>
        [basket.decide(command, state), basket.decide(command, state)].flat() as BasketEvent[],
    };
    const first = await openRunner().run(doubled, stream, addItem('command-1'));
    expect(first).toMatchObject({ accepted: true, revision: 1, repeated: false });
    expect(await openRunner().run(doubled, stream, addItem('command-1'))).toEqual({ ...first, repeated: true });
  });

  it('is one command when both come at once', async () => {
    const runner = openRunner();
    const results = await Promise.all(['command-1', 'command-1', 'command-1'].map((id) => run(runner, addItem(id))));
    expect(results.map((result) => result.accepted && result.repeated)).toEqual([false, true, true]);
    expect(await stored()).toHaveLength(1);
  });

  it('is recognised after the answer to the first was lost', async () => {
    const runner = openRunner();
    fault = ({ method }) => (method === 'append' ? 'error-after' : undefined);
    await expect(run(runner, addItem('command-1'))).rejects.toThrow(StoreUnavailable);
    fault = () => undefined;
    const later = { ...addItem('command-1'), at: '2026-03-02T09:05:00.000Z' };
    expect(await run(runner, later)).toMatchObject({ accepted: true, repeated: true, revision: 0 });
    expect(await stored()).toHaveLength(1);
  });

  it('is refused when it is another command', async () => {
    const runner = openRunner();
    await run(runner, addItem('command-1'));
    const other = { ...addItem('command-1'), commandHash: 'another hash' };
    await expect(run(runner, other)).rejects.toEqual(new CommandIdReused('command-1'));
    await expect(run(openRunner(), other)).rejects.toEqual(new CommandIdReused('command-1'));
    await expect(openRunner().settled(basket, stream, other)).rejects.toEqual(new CommandIdReused('command-1'));
  });

  it('changes nothing when the first found its end there and the state has changed since', async () => {
    const runner = openRunner();
    await run(runner, addItem('command-1', 'pen'));
    const once = await run(runner, ensureItem('command-2', 'pen'), { keyed: true });
    expect(once).toMatchObject({ accepted: true, events: [], revision: 0, repeated: false });
    await run(runner, closeBasket('command-3'));
    const again = { ...once, repeated: true };
    expect(await run(runner, ensureItem('command-2', 'pen'), { keyed: true })).toEqual(again);
    expect(await run(openRunner(), ensureItem('command-2', 'pen'), { keyed: true })).toEqual(again);
    const other = { ...ensureItem('command-2', 'cup'), commandHash: 'another hash' };
    await expect(run(openRunner(), other, { keyed: true })).rejects.toEqual(new CommandIdReused('command-2'));
    expect(await stored('request-command-2')).toHaveLength(1);
  });

  it('gets the same answer while the first, which found its end there, has only just been answered', async () => {
    const runner = openRunner();
    await run(runner, addItem('command-1', 'pen'));
    const both = [ensureItem('command-2', 'pen'), closeBasket('command-3'), ensureItem('command-2', 'pen')];
    const [once, , again] = await Promise.all(both.map((command) => run(runner, command, { keyed: true })));
    expect(once).toMatchObject({ accepted: true, events: [], repeated: false });
    expect(again).toEqual({ ...once, repeated: true });
  });

  it('may be settled on several streams, each by itself', async () => {
    const runner = openRunner();
    await runner.run(basket, 'basket-2', addItem('command-1', 'pen'));
    await runner.run(basket, 'basket-2', ensureItem('command-2', 'pen'), { keyed: true });
    expect(await run(openRunner(), ensureItem('command-2', 'pen'), { keyed: true })).toMatchObject({
      accepted: true,
      repeated: false,
      revision: 0,
    });
  });

  it('can be asked for without running it', async () => {
    const result = await run(openRunner(), addItem('command-1'));
    const runner = openRunner();
    expect(await runner.settled(basket, stream, addItem('command-1'))).toEqual({ ...result, repeated: true });
    expect(await runner.settled(basket, stream, addItem('command-2'))).toBeUndefined();
  });

  it('is known among the last 1,000 of its stream, and decided again when it is older', async () => {
    const runner = openRunner();
    const ids = Array.from({ length: 1_000 }, (_, n) => `command-${n}`);
    await Promise.all(ids.map((id) => run(runner, addItem(id))));
    expect(await run(runner, addItem('command-0'))).toMatchObject({ repeated: true, revision: 0 });
    expect(await run(openRunner(), addItem('command-0'))).toMatchObject({ repeated: true, revision: 0 });
    await run(runner, addItem('command-1000'));
    expect(await run(runner, addItem('command-1'))).toMatchObject({ repeated: true, revision: 1 });
    expect(await openRunner().settled(basket, stream, addItem('command-0'))).toBeUndefined();
    expect(await run(runner, addItem('command-0'))).toMatchObject({ repeated: false, revision: 1_001 });
  });
});
