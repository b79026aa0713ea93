import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BSON } from 'mongodb';
import { createProjectionEngine, foldDocuments, progressName } from '#event-sourcing';
import type { Progress, ProjectionEngine, RecordedEvent } from '#event-sourcing';
import { collect, createScaledClock } from '#event-sourcing-testing';
import { erasure, projections } from '#product';
import { startTestApi } from '../../libs/adapters/http/testing/test-api.js';
import { startTestServer } from '../../libs/adapters/mongodb/testing/database.js';
import type { TestServer } from '../../libs/adapters/mongodb/testing/database.js';
import { playBusyDays } from '../support/busy-days.js';
import { eventually } from '../support/eventually.js';

// `REPLAY_SEED` plays other days, `REPLAY_DEEDS` longer ones.
const seed = Number(process.env['REPLAY_SEED'] ?? 20_261_121);
const deeds = Number(process.env['REPLAY_DEEDS'] ?? 250);

/** Without these, days would prove little. */
const done = [
  'ContactsMerged',
  'MergeUndone',
  'MessagesGivenBack',
  'ContactBlocked',
  'ContactsLinked',
  'ContactGroupMembersFound',
  'ConversationSnoozed',
  'ConversationClosed',
  'MessageRedacted',
  'ReplyWritten',
];

/** The documents of each model by id, as text. */
type Contents = Readonly<Record<string, Readonly<Record<string, string>>>>;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe.each([
  { days: 'without a deletion', erasing: false },
  { days: 'with deletions', erasing: true },
])('busy days $days', ({ erasing }) => {
  let events: readonly RecordedEvent[];
  let live: Contents;
  let rebuilt: Contents;

  beforeAll(async () => {
    const { documents, name } = server.open();
    const api = await startTestApi({ acting: true });
    const faults: unknown[] = [];
    const engine = createProjectionEngine({
      store: api.store,
      documents,
      projections,
      clock: createScaledClock(10),
      erasure,
      holder: 'test',
      batchSize: 7,
      stumbled: (fault) => faults.push(fault),
      failed: (fault) => faults.push(fault),
    });
    await engine.start();
    try {
      await playBusyDays(api, { deeds, seed, erasing }).finally(() => api.close());
      events = await collect(api.store.readAll());
      await caughtUp(documents, engine);
      live = await contentsOf(name);
      await engine.rebuild(
        projections.map((projection) => projection.name),
        () => undefined,
      );
      rebuilt = await contentsOf(name);
    } finally {
      await engine.stop();
    }
    expect(faults).toEqual([]);
  });

  /** When every model has seen the whole log. */
  const caughtUp = (documents: ReturnType<TestServer['open']>['documents'], engine: ProjectionEngine): Promise<void> =>
    eventually(async () => {
      const progress = (await documents.progress(progressName)) as Progress | undefined;
      expect(progress?.position).toBeGreaterThanOrEqual(events.at(-1)?.position ?? 0);
      expect((await engine.lag()).filter(({ state }) => state !== 'live')).toEqual([]);
    });

  /**
   * Without what the engine needs to go on after a crash: tombstones, and in `_before` the state at the checkpoint before.
   * `_at` names the last event that changed a document: an erasure may have taken it out of the log since.
   */
  async function contentsOf(name: string): Promise<Contents> {
    const contents: Record<string, Record<string, string>> = {};
    for (const { name: model } of await server.client.db(name).listCollections().toArray()) {
      if (model.startsWith('_')) continue;
      const found = await server.client.db(name).collection(model).find({ _deleted: null }).sort({ _id: 1 }).toArray();
      contents[model] = Object.fromEntries(
        found.map(({ _id, ...document }) => {
          for (const field of erasing ? ['_before', '_at'] : ['_before']) Reflect.deleteProperty(document, field);
          return [String(_id), BSON.EJSON.stringify(document)];
        }),
      );
    }
    return contents;
  }

  it('hold what desks do', () => {
    const types = new Set(events.map(({ type }) => type));
    expect([...types]).toEqual(expect.arrayContaining([...done, ...(erasing ? ['ErasureCompleted'] : [])]));
  });

  it.each(projections)(
    'HIS-4: are the same documents in $name after a replay into an empty model, byte for byte',
    ({ name }) => {
      for (const model of [name, `${name}.side`]) expect(rebuilt[model]).toEqual(live[model]);
    },
  );

  it.each(projections)(
    'HIS-4: are the same documents in $name when they are folded without a database',
    (projection) => {
      const erased = new Set(events.filter(({ type }) => type === erasure.type).flatMap(erasure.contactIds));
      const folded = [...foldDocuments(projection, events)]
        .map(([id, { at, body }]) => {
          const owners = projection.owners(id, body);
          return { id, owners, document: { ...(!erasing && { _at: at }), _owners: owners, ...body } };
        })
        .filter(({ owners }) => !owners.some((owner) => erased.has(owner)))
        .toSorted((one, other) => (one.id < other.id ? -1 : 1));
      const contents = Object.fromEntries(
        folded.map(({ id, document }) => [
          id,
          BSON.EJSON.stringify(BSON.deserialize(BSON.serialize(document, { ignoreUndefined: true }))),
        ]),
      );
      expect(contents).toEqual(live[projection.name]);
    },
  );
});
