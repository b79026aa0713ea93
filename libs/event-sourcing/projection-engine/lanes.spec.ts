import { describe, expect, test } from '@jest/globals';
import {
  createInMemoryDocuments,
  createInMemoryEventStore,
  createTestIds,
  documentsWithFaults,
  emptyLog,
} from '#event-sourcing-testing';
import {
  append,
  caughtUp,
  clock,
  engineOver,
  inboxCatalogue,
  lines,
  project,
  talks,
  totals,
  until,
} from '#event-sourcing-testing/projected-inbox';
import type { InboxEvent } from '#event-sourcing-testing/projected-inbox';
import {
  checkStoreIdentity,
  defineProjection,
  dropModels,
  ForeignStore,
  progressName,
  StoreUnavailable,
} from '#event-sourcing';
import type { Documents, EventStore } from '#event-sourcing';

const newStore = () => createInMemoryEventStore({ catalogue: inboxCatalogue, clock });
const said = (line: string): InboxEvent => ({ type: 'LineSaid', data: { contact: 'ann', talk: 'ann.1', line } });

/** `lines`, but it cannot take the line `bad` while `broken`. */
function fragileLines(state: { broken: boolean }) {
  return defineProjection<{ contact: string; talk: string }, InboxEvent>({
    name: 'lines',
    schema: 1,
    indexes: [],
    owners: (_id, { contact }) => [contact],
    on: {
      LineSaid: {
        key: ({ data }) => data.line,
        project: (_line, { data }) => {
          if (state.broken && data.line === 'bad') throw new Error('bad line');
          return { contact: data.contact, talk: data.talk };
        },
      },
    },
  });
}

const idAt = async (store: EventStore, position: number) => (await store.eventAt(position))?.id;

describe('a projection that cannot take an event', () => {
  test('stands still alone, says where and why, and the others go on', async () => {
    const [store, documents] = [newStore(), createInMemoryDocuments({ clock })];
    await append(store, [said('l1'), said('bad'), said('l2')]);
    const engine = engineOver(store, documents, { projections: [talks, fragileLines({ broken: true }), totals] });
    await engine.start();
    await until(async () => (await engine.lag()).some(({ state }) => state === 'poisoned'));
    await until(async () => (await engine.lag())[2]?.position === 21);
    const lag = await engine.lag();
    expect(lag.map(({ model, position, state, poison }) => ({ model, position, state, poison }))).toStrictEqual([
      { model: 'talks', position: 21, state: 'live', poison: null },
      { model: 'lines', position: 0, state: 'poisoned', poison: { position: 14, reason: 'bad line' } },
      { model: 'totals', position: 21, state: 'live', poison: null },
    ]);
    await engine.stop();
    expect(Object.keys(documents.contents('lines'))).toStrictEqual(['l1']);
    expect(documents.contents('totals')).toStrictEqual({
      all: JSON.stringify({ at: 21, owners: [], begun: 0, said: 3, erased: 0 }),
    });
  });

  test('stands still when it shows a personal field that does not open; who reads none goes on (R6)', async () => {
    const [log, documents] = [emptyLog(), createInMemoryDocuments({ clock })];
    const store = createInMemoryEventStore({ catalogue: inboxCatalogue, clock, log });
    await append(store, [{ type: 'ContactNamed', data: { contact: 'ann', name: 'Ann' } }, said('l1')]);
    const damaged = log.events.map((event) => {
      const data = event.json.data.replace(/"sealed":"[^"]*"/, `"sealed":"${'A'.repeat(64)}"`);
      return { ...event, json: { ...event.json, data } };
    });
    log.events.splice(0, log.events.length, ...damaged);
    const engine = engineOver(store, documents, { projections: [talks, lines, totals] });
    await engine.start();
    await until(async () => (await engine.lag()).slice(1).every(({ position }) => position === 14));
    expect((await engine.lag()).map(({ model, state, poison }) => ({ model, state, poison }))).toStrictEqual([
      {
        model: 'talks',
        state: 'poisoned',
        poison: { position: 7, reason: 'damaged data at contact-ann@0 (ContactNamed), personal data' },
      },
      { model: 'lines', state: 'live', poison: null },
      { model: 'totals', state: 'live', poison: null },
    ]);
    await engine.stop();
    expect(Object.keys(documents.contents('lines'))).toStrictEqual(['l1']);
  });

  test('catches up and rejoins when a new start can take it', async () => {
    const [store, documents] = [newStore(), createInMemoryDocuments({ clock })];
    await append(store, [said('l1'), said('bad')]);
    const broken = engineOver(store, documents, { projections: [fragileLines({ broken: true }), totals] });
    await broken.start();
    await until(async () => (await broken.lag()).some(({ state }) => state === 'poisoned'));
    await broken.stop();
    await append(store, [said('l2')]);
    const mended = engineOver(store, documents, { projections: [fragileLines({ broken: false }), totals] });
    await mended.start();
    await caughtUp(store, documents);
    await append(store, [said('l3')]);
    await caughtUp(store, documents);
    expect((await mended.lag()).map(({ position, state }) => ({ position, state }))).toStrictEqual([
      { position: 28, state: 'live' },
      { position: 28, state: 'live' },
    ]);
    await mended.stop();
    expect(Object.keys(documents.contents('lines'))).toStrictEqual(['bad', 'l1', 'l2', 'l3']);
  });
});

describe('a projection that is slow', () => {
  /** Writes of the model `lines` wait until `release` is called. */
  function slowLines(documents: Documents): { slow: Documents; release: () => void } {
    const released = Promise.withResolvers<undefined>();
    const write: Documents['write'] = async (model, writes) => {
      if (model === 'lines') await released.promise;
      return documents.write(model, writes);
    };
    const release = (): void => {
      released.resolve(undefined);
    };
    return { slow: { ...documents, write }, release };
  }

  const standing = async (engine: ReturnType<typeof engineOver>) =>
    (await engine.lag()).map(({ model, position, state }) => ({ model, position, state }));

  test('goes on by itself when too many events wait for it, and rejoins when it has caught up', async () => {
    const [store, documents] = [newStore(), createInMemoryDocuments({ clock })];
    const { slow, release } = slowLines(documents);
    const projections = [talks, lines, totals];
    const engine = engineOver(store, slow, { projections, batchSize: 2, mostBehind: 3 });
    await append(store, ['l1', 'l2', 'l3', 'l4', 'l5'].map(said));
    await engine.start();
    await until(async () => (await engine.lag())[2]?.position === 35);
    expect(await standing(engine)).toStrictEqual([
      { model: 'talks', position: 35, state: 'live' },
      { model: 'lines', position: 0, state: 'catching-up' },
      { model: 'totals', position: 35, state: 'live' },
    ]);
    release();
    await caughtUp(store, documents);
    expect((await standing(engine))[1]).toStrictEqual({ model: 'lines', position: 35, state: 'live' });
    await engine.stop();
    expect(Object.keys(documents.contents('lines'))).toStrictEqual(['l1', 'l2', 'l3', 'l4', 'l5']);
    expect(engine.stumbles).toStrictEqual([]);
  });

  test('is waited for while few events wait', async () => {
    const [store, documents] = [newStore(), createInMemoryDocuments({ clock })];
    const { slow, release } = slowLines(documents);
    const engine = engineOver(store, slow, { projections: [talks, lines], batchSize: 2, mostBehind: 3 });
    await append(store, [said('l1'), said('l2'), said('l3')]);
    await engine.start();
    await clock.sleep(2_000);
    expect((await standing(engine)).map(({ state }) => state)).toStrictEqual(['live', 'live']);
    release();
    await caughtUp(store, documents);
    await engine.stop();
    expect(Object.keys(documents.contents('lines'))).toStrictEqual(['l1', 'l2', 'l3']);
  });
});

describe('the engine', () => {
  test('stops when the log is of another history', async () => {
    const documents = createInMemoryDocuments({ clock });
    const store = newStore();
    await append(store, [said('l1'), said('l2')]);
    await project(store, documents);
    const other = newStore();
    await append(other, [said('l1'), said('l2'), said('l3')]);
    const before = documents.contents('lines');
    const engine = engineOver(other, documents);
    await engine.start();
    await until(() => engine.failures.length > 0);
    await engine.stop();
    expect(engine.failures[0]).toBeInstanceOf(ForeignStore);
    expect(engine.failures[0]?.message).toContain('rebuild --all');
    expect(documents.contents('lines')).toStrictEqual(before);
  });

  test('stops when the log ends before its checkpoint', async () => {
    const documents = createInMemoryDocuments({ clock });
    const store = newStore();
    await append(store, [said('l1'), said('l2')]);
    await project(store, documents);
    const engine = engineOver(newStore(), documents);
    await engine.start();
    await until(() => engine.failures.length > 0);
    await engine.stop();
    expect(engine.failures[0]).toBeInstanceOf(ForeignStore);
  });

  test('stops when the log is a copy with other positions, of which none is that of its checkpoint', async () => {
    const documents = createInMemoryDocuments({ clock });
    const [store, other] = [newStore(), newStore()];
    await checkStoreIdentity(store, createTestIds('ours'), clock);
    await append(store, [said('l1')]);
    await project(store, documents);
    await append(other, [said('before')]);
    await checkStoreIdentity(other, createTestIds('ours'), clock);
    await append(other, [said('l1'), said('l2')]);
    const engine = engineOver({ ...other, eventAt: () => Promise.resolve(undefined) }, documents);
    await engine.start();
    await until(() => engine.failures.length > 0);
    await engine.stop();
    expect(engine.failures[0]).toBeInstanceOf(ForeignStore);
    expect(engine.failures[0]?.message).toBe(
      'the models were made from another history (it began at position 7, this one, a copy maybe, at 14): rebuild --all',
    );
  });

  test('goes on when the event of its checkpoint was removed with its stream', async () => {
    const documents = createInMemoryDocuments({ clock });
    const store = newStore();
    await append(store, [said('l1')]);
    await project(store, documents);
    await append(store, [{ type: 'TalkBegan', data: { contact: 'bob', talk: 'bob.1' } }]);
    const withoutCheckpointEvent = {
      ...store,
      eventAt: () => Promise.resolve(undefined),
    };
    await project(withoutCheckpointEvent, documents);
    expect(Object.keys(documents.contents('talks'))).toStrictEqual(['bob.1']);
  });

  test('works once: another one waits, and takes over when the first one stops or is silent', async () => {
    const [store, documents] = [newStore(), createInMemoryDocuments({ clock })];
    const first = engineOver(store, documents, { projections: [lines], holder: 'first' });
    const second = engineOver(store, documents, { projections: [lines], holder: 'second' });
    await first.start();
    await second.start();
    await append(store, [said('l1')]);
    await caughtUp(store, documents);
    expect(await documents.acquireLease('projections', 'third', 1)).toBeUndefined();
    await first.stop();
    await append(store, [said('l2')]);
    await caughtUp(store, documents);
    await second.stop();
    expect(Object.keys(documents.contents('lines'))).toStrictEqual(['l1', 'l2']);
    expect([...first.stumbles, ...second.stumbles]).toStrictEqual([]);
  });

  test('hands over when the one that works falls silent', async () => {
    const [store, documents] = [newStore(), createInMemoryDocuments({ clock })];
    const silent = { now: false };
    const dying = documentsWithFaults(documents, () => (silent.now ? 'error-before' : undefined));
    const first = engineOver(store, dying, { projections: [lines], holder: 'first' });
    const second = engineOver(store, documents, { projections: [lines], holder: 'second' });
    await first.start();
    await append(store, [said('l1')]);
    await caughtUp(store, documents);
    await second.start();
    silent.now = true;
    await append(store, [said('l2')]);
    await caughtUp(store, documents);
    await Promise.all([first.stop(), second.stop()]);
    expect(Object.keys(documents.contents('lines'))).toStrictEqual(['l1', 'l2']);
  });

  test('makes everything anew when the models of another history were dropped', async () => {
    const documents = createInMemoryDocuments({ clock });
    const store = newStore();
    await append(store, [said('l1'), said('l2')]);
    await project(store, documents);
    const other = newStore();
    await append(other, [said('l3')]);
    await documents.ensureModel('somebody-elses', []);
    const active = await documents.acquireLease('projections', 'active', 60_000);
    await expect(dropModels(documents, [talks, lines, totals], 'operator')).rejects.toThrow(
      'a worker is active: stop it first',
    );
    if (active) await documents.releaseLease(active);
    const dying = documentsWithFaults(documents, ({ method }) => (method === 'dropModel' ? 'error-before' : undefined));
    await expect(dropModels(dying, [talks, lines, totals], 'operator')).rejects.toThrow(StoreUnavailable);
    await project(other, documents);
    expect(Object.keys(documents.contents('lines'))).toStrictEqual(['l3']);
    await dropModels(documents, [talks, lines, totals], 'operator');
    expect(await documents.models()).toStrictEqual(['somebody-elses']);
    await project(other, documents);
    expect(Object.keys(documents.contents('lines'))).toStrictEqual(['l3']);
  });

  test('advances one progress document, also by events that concern no model', async () => {
    const [store, documents] = [newStore(), createInMemoryDocuments({ clock })];
    await append(store, [said('l1'), { type: 'ContactNamed', data: { contact: 'ann', name: 'Ann' } }]);
    await project(store, documents, { projections: [lines] });
    expect(await documents.progress(progressName)).toStrictEqual({
      position: 14,
      event: { position: 14, id: await idAt(store, 14), beginning: null },
      models: [{ name: 'lines', schema: 1, generation: 0, lane: 'shared', own: null, poison: null, switching: null }],
    });
  });
});
