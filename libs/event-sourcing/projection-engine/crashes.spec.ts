import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createInMemoryDocuments, createInMemoryEventStore, documentsWithFaults } from '#event-sourcing-testing';
import type { InMemoryDocuments } from '#event-sourcing-testing';
import {
  append,
  caughtUp,
  clock,
  engineOver,
  histories,
  inboxCatalogue,
  project,
  until,
} from '#event-sourcing-testing/projected-inbox';
import type { InboxEvent } from '#event-sourcing-testing/projected-inbox';
import type { EventStore } from '#event-sourcing';

const models = ['talks', 'lines', 'totals'];
const contentsOf = (documents: InMemoryDocuments) => models.map((model) => documents.contents(model));

async function storeOf(history: readonly InboxEvent[]): Promise<EventStore> {
  const store = createInMemoryEventStore({ catalogue: inboxCatalogue, clock });
  await append(store, history);
  return store;
}

async function undisturbed(store: EventStore) {
  const documents = createInMemoryDocuments({ clock });
  await project(store, documents, { batchSize: 1 });
  return contentsOf(documents);
}

const changing = new Set(['write', 'purge', 'saveProgress', 'removeProgress', 'renameModel', 'sweep']);

/** An engine whose database is gone for good at one change (before or after it took effect): as after kill -9. */
async function dieAt(
  store: EventStore,
  documents: InMemoryDocuments,
  change: number,
  after: boolean,
  batchSize: number,
) {
  let died = false;
  let changes = 0;
  const dying = documentsWithFaults(documents, ({ method }) => {
    if (died) return 'error-before';
    if (!changing.has(method) || changes++ < change) return undefined;
    died = true;
    return after ? 'error-after' : 'error-before';
  });
  const engine = engineOver(store, dying, { batchSize });
  await engine.start().catch(() => undefined);
  await Promise.race([until(() => died), caughtUp(store, documents)]);
  died = true;
  await engine.stop();
}

describe('whatever happens to the worker', () => {
  test('any crashes, with batches cut differently each time, end with the same documents', async () => {
    const crashes = fc.array(fc.tuple(fc.nat(25), fc.boolean(), fc.constantFrom(1, 3, 7, 1_000)), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(histories, crashes, fc.constantFrom(1, 4, 1_000), async (history, deaths, batchSize) => {
        const store = await storeOf(history);
        const documents = createInMemoryDocuments({ clock });
        for (const [call, after, size] of deaths) await dieAt(store, documents, call, after, size);
        await project(store, documents, { batchSize });
        expect(contentsOf(documents)).toStrictEqual(await undisturbed(store));
      }),
      { numRuns: 300 },
    );
  });

  test.each(['error-before', 'error-after', 'delay'] as const)(
    'one %s at every call of the database does no harm (R4)',
    async (fault) => {
      const store = await storeOf(everything);
      const expected = await undisturbed(store);
      let calls = 1;
      for (let faulty = 0; faulty < calls; faulty++) {
        const documents = createInMemoryDocuments({ clock });
        let made = 0;
        const plan = documentsWithFaults(documents, ({ number }) => {
          made = number;
          return number === faulty ? fault : undefined;
        });
        const engine = engineOver(store, plan, { batchSize: 4 });
        await engine.start().catch(() => engine.start());
        await caughtUp(store, documents);
        await engine.stop();
        expect(contentsOf(documents)).toStrictEqual(expected);
        calls = Math.max(calls, Math.min(made, 60));
      }
      expect(calls).toBeGreaterThan(30);
    },
  );

  test('a worker that was away for long and comes back with old writes changes nothing', async () => {
    const store = await storeOf(everything.slice(0, 6));
    const documents = createInMemoryDocuments({ clock });
    let frozen: (() => void) | undefined;
    let wake: () => void = () => undefined;
    const sleeping = new Promise<void>((resolve) => (wake = resolve));
    const asleep = new Promise<void>((resolve) => (frozen = resolve));
    let hold = true;
    const slow = {
      ...documents,
      write: async (...args: Parameters<typeof documents.write>) => {
        if (hold) {
          hold = false;
          frozen?.();
          await sleeping;
        }
        return documents.write(...args);
      },
    };
    const zombie = engineOver(store, slow, { holder: 'zombie' });
    await zombie.start();
    await asleep;
    await append(store, everything.slice(6));
    const successor = engineOver(store, documents, { holder: 'zombie' });
    await successor.start();
    await caughtUp(store, documents);
    wake();
    await zombie.stop();
    await successor.stop();
    expect(contentsOf(documents)).toStrictEqual(await undisturbed(store));
  });
});

const everything: readonly InboxEvent[] = [
  { type: 'ContactNamed', data: { contact: 'ann', name: 'Ann' } },
  { type: 'TalkBegan', data: { contact: 'ann', talk: 'ann.1' } },
  { type: 'TalkBegan', data: { contact: 'bob', talk: 'bob.1' } },
  { type: 'LineSaid', data: { contact: 'ann', talk: 'ann.1', line: 'l1' } },
  { type: 'LineSaid', data: { contact: 'bob', talk: 'bob.1', line: 'l2' } },
  { type: 'ContactNamed', data: { contact: 'bob', name: 'Bob' } },
  { type: 'TalkBegan', data: { contact: 'bob', talk: 'bob.2' } },
  { type: 'TalkEnded', data: { contact: 'bob', talk: 'bob.1' } },
  { type: 'ContactsErased', data: { contacts: ['ann'] } },
  { type: 'ContactNamed', data: { contact: 'ann', name: 'Ann' } },
  { type: 'TalkBegan', data: { contact: 'ann', talk: 'ann.2' } },
  { type: 'LineSaid', data: { contact: 'bob', talk: 'bob.2', line: 'l3' } },
];
