import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  append,
  caughtUp,
  clock,
  engineOver,
  inboxCatalogue,
  project,
  until,
} from '#event-sourcing-testing/projected-inbox';
import type { InboxEvent } from '#event-sourcing-testing/projected-inbox';
import type { EventStore } from '#event-sourcing';
import { createInMemoryDocuments, createInMemoryEventStore, documentsWithFaults } from '#event-sourcing-testing';
import { startTestServer } from './testing/database.js';
import type { TestServer } from './testing/database.js';

const models = ['talks', 'lines', 'totals'];
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

function dayOf(contacts: number): readonly InboxEvent[] {
  return Array.from({ length: contacts }, (_, number) => `c${number}`).flatMap((contact, number): InboxEvent[] => [
    { type: 'ContactNamed', data: { contact, name: `Name ${number}` } },
    { type: 'TalkBegan', data: { contact, talk: `${contact}.1` } },
    { type: 'LineSaid', data: { contact, talk: `${contact}.1`, line: `${contact}.1/1` } },
    ...(number % 3 === 0 ? [{ type: 'TalkEnded' as const, data: { contact, talk: `${contact}.1` } }] : []),
    { type: 'ContactNamed', data: { contact, name: `Other name ${number}` } },
    ...(number % 5 === 0 ? [{ type: 'ContactsErased' as const, data: { contacts: [contact] } }] : []),
    { type: 'TalkBegan', data: { contact, talk: `${contact}.2` } },
  ]);
}

async function storeOf(history: readonly InboxEvent[]): Promise<EventStore> {
  const store = createInMemoryEventStore({ catalogue: inboxCatalogue, clock });
  await append(store, history);
  return store;
}

/** What the engine makes of the log in memory, undisturbed and event by event. */
async function expectedFrom(store: EventStore): Promise<Record<string, Readonly<Record<string, string>>>> {
  const documents = createInMemoryDocuments({ clock });
  await project(store, documents, { batchSize: 1 });
  return Object.fromEntries(models.map((model) => [model, documents.contents(model)]));
}

/** The live documents as they stand in MongoDB, in the same form. */
async function contentsOf(name: string): Promise<Record<string, Readonly<Record<string, string>>>> {
  const contents: Record<string, Readonly<Record<string, string>>> = {};
  for (const model of models) {
    const found = await server.client.db(name).collection(model).find({ _deleted: null }).sort({ _id: 1 }).toArray();
    contents[model] = Object.fromEntries(
      found.map(({ _id, _at, _owners, ...body }) => [
        String(_id),
        JSON.stringify({ at: _at as unknown, owners: _owners as unknown, ...body }),
      ]),
    );
  }
  return contents;
}

describe('projecting into MongoDB', () => {
  test.each([1, 7, 1_000])('gives the documents that memory gives, in batches of %i', async (batchSize) => {
    const store = await storeOf(dayOf(20));
    const { documents, name } = server.open();
    await project(store, documents, { batchSize });
    expect(await contentsOf(name)).toStrictEqual(await expectedFrom(store));
  });

  test('ends with the same documents when calls fail now and then, before or after they took effect (R4)', async () => {
    const store = await storeOf(dayOf(20));
    const { documents, name } = server.open();
    const faulty = documentsWithFaults(documents, ({ number }) => {
      if (number % 37 === 18) return 'error-after';
      return number % 37 === 36 ? 'error-before' : undefined;
    });
    const engine = engineOver(store, faulty, { batchSize: 7 });
    await engine.start();
    await caughtUp(store, documents);
    await engine.stop();
    expect(await contentsOf(name)).toStrictEqual(await expectedFrom(store));
  });

  test('rebuilds beside the live model and switches, while queries go on (HIS-4)', async () => {
    const store = await storeOf(dayOf(20));
    const { documents, readModels, name } = server.open();
    const engine = engineOver(store, documents, { batchSize: 7 });
    await engine.start();
    await caughtUp(store, documents);
    const talks = await readModels.count('talks', {});
    const counts = new Set<number>();
    const rebuilding = { over: false };
    const rebuilt = engine.rebuild(models, () => undefined).then(() => (rebuilding.over = true));
    await until(async () => {
      counts.add(await readModels.count('talks', {}));
      return rebuilding.over;
    });
    await rebuilt;
    await engine.stop();
    expect([...counts]).toStrictEqual([talks]);
    expect(await contentsOf(name)).toStrictEqual(await expectedFrom(store));
    expect((await documents.models()).filter((model) => model.includes('~'))).toStrictEqual([]);
    expect(engine.stumbles).toStrictEqual([]);
  });
});
