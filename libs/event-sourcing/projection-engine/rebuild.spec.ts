import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createInMemoryDocuments, createInMemoryEventStore, documentsWithFaults } from '#event-sourcing-testing';
import {
  append,
  caughtUp,
  clock,
  engineOver,
  histories,
  inboxCatalogue,
  inboxModels,
  lines,
  project,
  talks,
  totals,
  until,
} from '#event-sourcing-testing/projected-inbox';
import type { InboxEvent } from '#event-sourcing-testing/projected-inbox';
import { createRebuilds, defineProjection } from '#event-sourcing';
import type { Documents } from '#event-sourcing';

const models = ['talks', 'lines', 'totals'];
const someEvents: readonly InboxEvent[] = [
  { type: 'ContactNamed', data: { contact: 'ann', name: 'Ann' } },
  { type: 'TalkBegan', data: { contact: 'ann', talk: 'ann.1' } },
  { type: 'LineSaid', data: { contact: 'ann', talk: 'ann.1', line: 'l1' } },
];

describe('a rebuild (HIS-4)', () => {
  test('gives the documents of the live model byte for byte, while events go on coming', async () => {
    await fc.assert(
      fc.asyncProperty(histories, histories, async (history, meanwhile) => {
        const store = createInMemoryEventStore({ catalogue: inboxCatalogue, clock });
        await append(store, history);
        const live = createInMemoryDocuments({ clock });
        const rebuilt = createInMemoryDocuments({ clock });
        const engine = engineOver(store, rebuilt, { batchSize: 3 });
        await engine.start();
        await Promise.all([
          engine.rebuild(models, () => undefined),
          append(store, meanwhile).then(() => caughtUp(store, rebuilt)),
        ]);
        await caughtUp(store, rebuilt);
        await engine.stop();
        await project(store, live);
        for (const model of models) expect(rebuilt.contents(model)).toStrictEqual(live.contents(model));
        expect((await rebuilt.models()).filter((name) => name.includes('~'))).toStrictEqual([]);
        expect(engine.stumbles).toStrictEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test('asks the database for no document but those that it has written', async () => {
    const store = createInMemoryEventStore({ catalogue: inboxCatalogue, clock });
    await append(store, someEvents);
    const documents = createInMemoryDocuments({ clock });
    await project(store, documents);
    const missed: string[] = [];
    let found = 0;
    const watched: Documents = {
      ...documents,
      load: async (model, ids) => {
        const held = await documents.load(model, ids);
        if (model.includes('~')) {
          found += held.length;
          missed.push(...ids.filter((id) => !held.some((one) => one.id === id)));
        }
        return held;
      },
    };
    const engine = engineOver(store, watched, { batchSize: 1 });
    await engine.start();
    await engine.rebuild(models, () => undefined);
    await engine.stop();
    expect(missed).toStrictEqual([]);
    expect(found).toBeGreaterThan(0);
  });

  test('that was killed at any change goes on where it was, also in the middle of the switch', async () => {
    const store = createInMemoryEventStore({ catalogue: inboxCatalogue, clock });
    await append(store, someEvents);
    const live = createInMemoryDocuments({ clock });
    await project(store, live);
    let deaths = 0;
    for (let call = 0; ; call++) {
      const documents = createInMemoryDocuments({ clock });
      await project(store, documents);
      const death = { came: false };
      const dying = documentsWithFaults(documents, ({ number }) => {
        if (number < call) return undefined;
        death.came = true;
        return number === call && call % 2 === 0 ? 'error-after' : 'error-before';
      });
      const worker = engineOver(store, dying, { batchSize: 1 });
      let switched = false;
      const rebuilding = worker
        .start()
        .then(() => worker.rebuild(['talks'], () => undefined))
        .then(() => (switched = true))
        .catch(() => undefined);
      await until(() => death.came || switched);
      await worker.stop();
      await rebuilding;
      if (!death.came) break;
      deaths++;
      const successor = engineOver(store, documents);
      await successor.start();
      await until(async () => (await documents.progressNames('rebuild:')).length === 0);
      await caughtUp(store, documents);
      await successor.stop();
      for (const model of models) expect(documents.contents(model)).toStrictEqual(live.contents(model));
    }
    expect(deaths).toBeGreaterThan(20);
  });

  test('is over when the rebuilt models are live, not before', async () => {
    const store = createInMemoryEventStore({ catalogue: inboxCatalogue, clock });
    await append(store, someEvents);
    const documents = createInMemoryDocuments({ clock });
    const switching = Promise.withResolvers<undefined>();
    let asked = 0;
    const held: Documents = {
      ...documents,
      progress: (name) => {
        if (name === 'rebuild:talks') asked++;
        return documents.progress(name);
      },
      renameModel: async (from, to) => {
        await switching.promise;
        await documents.renameModel(from, to);
      },
    };
    const engine = engineOver(store, held);
    await engine.start();
    let over = false;
    const rebuilding = engine.rebuild(['talks'], () => undefined).then(() => (over = true));
    await until(async () => (await documents.progressNames('rebuilt:')).length === 1);
    await until(async () => (await documents.progressNames('rebuild:')).length === 0);
    const before = asked;
    await until(() => asked > before + 1 || over);
    const state = async () => (await createRebuilds({ documents, clock }).all()).map((each) => each.state);
    const meanwhile = { over, states: await state() };
    switching.resolve(undefined);
    await rebuilding;
    const afterwards = await state();
    await engine.stop();
    expect(meanwhile).toStrictEqual({ over: false, states: ['running'] });
    expect(afterwards).toStrictEqual(['done']);
  });

  test('tells how far it is, and fails with the event that cannot be taken', async () => {
    const store = createInMemoryEventStore({ catalogue: inboxCatalogue, clock });
    await append(store, someEvents);
    const documents = createInMemoryDocuments({ clock });
    await project(store, documents);
    const before = documents.contents('lines');
    const broken = defineProjection<object, InboxEvent>({
      name: 'lines',
      schema: 1,
      indexes: [],
      owners: () => [],
      on: {
        LineSaid: {
          key: ({ data }) => data.line,
          project: () => {
            throw new Error('cannot read this');
          },
        },
      },
    });
    const engine = engineOver(store, documents, { projections: [talks, broken, totals] });
    await engine.start();
    await expect(engine.rebuild(['lines'], () => undefined)).rejects.toThrow(
      'rebuild failed: lines cannot take the event at 21: cannot read this',
    );
    await expect(engine.rebuild(['nothing'], () => undefined)).rejects.toThrow('no such model: nothing');
    const seen: number[] = [];
    await engine.rebuild(['talks'], ({ done, total }) => seen.push(done, total));
    expect(seen.every((events) => events <= someEvents.length)).toBe(true);
    await engine.stop();
    expect(documents.contents('lines')).toStrictEqual(before);
  });

  test('happens by itself for a model that is new or has another schema, beside the live one', async () => {
    const store = createInMemoryEventStore({ catalogue: inboxCatalogue, clock });
    await append(store, someEvents);
    const documents = createInMemoryDocuments({ clock });
    await project(store, documents, { projections: [talks, totals] });
    const engine = engineOver(store, documents, { projections: [{ ...talks, schema: 2 }, lines, totals] });
    await engine.start();
    await until(async () => (await engine.lag()).every(({ state }) => state === 'live'));
    await append(store, [{ type: 'LineSaid', data: { contact: 'ann', talk: 'ann.1', line: 'l2' } }]);
    await caughtUp(store, documents);
    await engine.stop();
    const live = createInMemoryDocuments({ clock });
    await project(store, live, { projections: inboxModels });
    for (const model of models) expect(documents.contents(model)).toStrictEqual(live.contents(model));
  });
});
