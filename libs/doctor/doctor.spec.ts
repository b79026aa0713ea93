import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { contactsEvents, contactsProjections } from '#contacts';
import { contactStream } from '#contacts/contact';
import { conversationsEvents, conversationsProjections } from '#conversations';
import { deletionAuditEvents } from '#deletion-audit';
import { createAuditDecider, deletedContactsStream } from '#deletion-audit/audit';
import { reconcileRedactions, redactionsProjection } from '#deletion-audit/redactions-view';
import { checkStoreIdentity, createCatalogue, createCommandRunner, kernelEvents, readInMemory } from '#event-sourcing';
import { createKeyRing, isPunctured } from '#adapters/key-ring';
import { createProjectionEngine } from '#event-sourcing';
import type { EventStore, HeldDocument, KeyStore, ProjectionEngine } from '#event-sourcing';
import {
  createInMemoryDocuments,
  createInMemoryEventStore,
  createInMemoryKeyStore,
  createTestIds,
  createTestKeyRing,
  fixedClock,
  noKeptKeys,
  withFaults,
} from '#event-sourcing-testing';
import type { InMemoryDocuments } from '#event-sourcing-testing';
import { message, originOf, processWith } from '../conversations/inbound/inbound.fixtures.js';
import { receiveInbound } from '../conversations/inbound/receive.js';
import { complete, entry, makeUnreadable } from '../deletion-audit/audit/audit.fixtures.js';
import { examine } from './index.js';
import type { DoctorPorts, Finding } from './index.js';

const catalogue = createCatalogue([kernelEvents, contactsEvents, conversationsEvents, deletionAuditEvents]);
const projections = [...contactsProjections, ...conversationsProjections, redactionsProjection];
const clock = fixedClock();
const ids = createTestIds('store');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

let store: EventStore;
let documents: InMemoryDocuments;
let keys: KeyStore;
let engine: ProjectionEngine;
let contactId: string;

/** Ada and Bo have written, and the models have followed. */
beforeEach(async () => {
  const kept = noKeptKeys();
  keys = createInMemoryKeyStore(kept);
  store = createInMemoryEventStore({ catalogue, clock, keys: createTestKeyRing(kept) });
  documents = createInMemoryDocuments({ clock });
  await checkStoreIdentity(store, ids, clock);
  const process = processWith(createCommandRunner({ store, catalogue, ids, clock }), ids);
  for (const person of ['ada', 'bo']) {
    const inbound = message(`hello of ${person}`, { from: { externalUserId: person, displayName: person } });
    const result = await receiveInbound(process, originOf(person), inbound);
    if (!('kind' in result) || result.kind !== 'received') throw new Error(JSON.stringify(result));
    contactId = result.contactId;
  }
  engine = createProjectionEngine({
    store,
    documents,
    projections,
    clock,
    erasure: { stream: deletedContactsStream, type: 'ContactDeleted', contactIds: () => [] },
    holder: 'test',
    stumbled: ignore,
    failed: ignore,
  });
  await engine.start();
  while ((await engine.lag()).some(({ milliseconds, position }) => milliseconds > 0 || position === 0)) {
    await clock.sleep(1);
  }
  while (documents.held('messages').length < 2) await clock.sleep(1);
  await engine.stop();
});

function ignore(): void {
  // What the engine stumbles over shows as a model that does not get there.
}

function ports(changed: Partial<DoctorPorts> = {}): DoctorPorts {
  const documentsOf = (model: string) =>
    documents
      .held(model)
      .flatMap(({ id, at, owners, body }) => (body ? [{ ...body, _id: id, _at: at, _owners: owners }] : []));
  const here = () => Promise.resolve(0);
  const models = readInMemory(documentsOf, { position: here, waitFor: here });
  return { store, documents, models, projections, lag: () => engine.lag(), keys, isPunctured, ids, sha256, ...changed };
}

async function sickness(changed?: Partial<DoctorPorts>): Promise<Omit<Finding, 'ok'>[]> {
  const findings = await examine(ports(changed), { sample: 10, count: true });
  return findings.flatMap(({ ok, ...finding }) => (ok ? [] : [finding]));
}

async function held(model: string): Promise<HeldDocument> {
  const [document] = documents.held(model);
  if (!document) throw new Error(`${model} is empty`);
  return Promise.resolve(document);
}

describe('the doctor', () => {
  it('finds nothing in a system that is well, and says what was looked at', async () => {
    const findings = await examine(ports(), { sample: 10, count: true });
    expect(findings.filter(({ ok }) => !ok)).toStrictEqual([]);
    expect(findings.map(({ check }) => check)).toStrictEqual([
      'key store',
      ...projections.map(({ name }) => `model ${name}`),
      'keys',
      'redactions',
      'sample',
      'deletion audit',
      'erased contacts',
      'counts',
      'counts',
    ]);
    expect(findings.find(({ check }) => check === 'sample')?.found).toBe(
      '2 contacts, folded anew from the log, are what the models hold',
    );
  });

  it('finds a key store of another installation', async () => {
    expect(await sickness({ ids: createTestIds('another') })).toMatchObject([
      {
        check: 'key store',
        advice: 'put back the key store that the event store was made with (KEYSTORE_URL, MASTER_KEY_FILE)',
      },
    ]);
  });

  it('finds a document that is not what its events make of it', async () => {
    const loaded = await held('conversations');
    const next = { ...loaded, body: { ...loaded.body, status: 'closed' } };
    await documents.write('conversations', [{ loaded, next }]);
    expect(await sickness()).toStrictEqual([
      {
        check: 'sample',
        found: `conversations does not hold what the log says: ${loaded.id}`,
        advice: 'run: ledger rebuild conversations',
      },
    ]);
  });

  it('finds documents that are missing, in the sample and by counting', async () => {
    const loaded = await held('conversations');
    await documents.write('conversations', [{ loaded, next: { ...loaded, owners: [], body: undefined } }]);
    expect(await sickness()).toMatchObject([
      { check: 'sample', found: `conversations does not hold what the log says: ${loaded.id}` },
      { check: 'counts', found: 'conversations holds 1 documents of 2' },
    ]);
  });

  it('finds a model that stands still, waits or is far behind', async () => {
    const model = { position: 7, milliseconds: 0, state: 'live', poison: null } as const;
    const lag = () =>
      Promise.resolve([
        { ...model, model: 'queue', state: 'poisoned', poison: { position: 14, reason: 'no such field' } } as const,
        { ...model, model: 'contacts', state: 'waiting' } as const,
        { ...model, model: 'messages', milliseconds: 61_000 },
      ]);
    expect((await sickness({ lag })).map(({ check, found }) => `${check} ${found}`)).toStrictEqual([
      'model queue stands still before the event at 14: no such field',
      'model contacts waits to be built',
      'model messages is 61 seconds behind, at position 7',
    ]);
  });

  it('names what it could not look at, and goes on', async () => {
    const away = withFaults(store, ({ method }) => (method === 'readAll' ? 'error-before' : undefined));
    expect(await sickness({ store: away })).toMatchObject([
      { check: 'counts', advice: 'mend that first, then ask the doctor again' },
    ]);
  });
});

describe('of an older key store put back, the doctor', () => {
  it('S8: finds the contacts that have no key, and no marker of one', async () => {
    const contactIds = documents.held('contacts').map(({ id }) => id);
    expect(await sickness({ keys: createInMemoryKeyStore(noKeptKeys()) })).toMatchObject([
      { check: 'keys', found: `of contacts are missing: ${contactIds.toSorted().join(', ')}` },
    ]);
  });

  it('DEL-8: finds redactions that it undoes, until the log has won', async () => {
    const redaction = { contactId, subjectId: contactId, eventIds: ['event-1', 'event-2'] };
    const next = { id: 'r1', at: 1, owners: [contactId], body: redaction, before: undefined };
    await documents.write('redactions', [{ loaded: undefined, next }]);
    expect(await sickness()).toStrictEqual([
      {
        check: 'redactions',
        found: 'can be undone: r1',
        advice: 'an older key store was put back: restart the worker, it takes their keys away once more',
      },
    ]);
    const ring = createKeyRing(keys);
    const reconciling = { store, models: ports().models, keys: ring, clock };
    await reconcileRedactions(reconciling, AbortSignal.abort());
    ring.close();
    expect(await sickness()).toStrictEqual([]);
  });
});

describe('of erased contacts, the doctor', () => {
  /** The audit says that the contact is erased, and nothing else has happened. */
  async function recordErasure(): Promise<void> {
    const runner = createCommandRunner({ store, catalogue, ids, clock });
    const audit = createAuditDecider(sha256);
    const header = { ...complete('e'), commandId: 'command-1' };
    const run = async (command: Parameters<typeof audit.decide>[0]) => {
      expect(await runner.run(audit, deletedContactsStream, command)).toMatchObject({ accepted: true });
    };
    await run({ ...header, type: 'RecordDeletion', entry: { ...entry('e'), contactIds: [contactId] } });
    await run({ ...makeUnreadable('e'), commandId: 'command-2', contactIds: [contactId] });
    await run({ ...complete('e'), commandId: 'command-3', contactIds: [contactId] });
  }

  it('S8: finds keys, events and documents that an older copy brought back', async () => {
    await recordErasure();
    const found = (await sickness()).map((finding) => `${finding.check} ${finding.found}`);
    expect(found).toStrictEqual([
      `keys of erased contacts are still there: ${contactId}`,
      `events of erased contacts are still there: ${contactId}`,
      ...projections
        .filter(({ name }) => documents.held(name).some(({ owners }) => owners.includes(contactId)))
        .map(({ name }) => `models ${name} holds erased contacts: ${contactId}`),
    ]);
    expect(found.length).toBeGreaterThan(4);
  });

  it('finds nothing when nothing is left', async () => {
    await recordErasure();
    await keys.destroy(contactId, 'erasure');
    await store.tombstone(contactStream(contactId), 'any');
    for (const { name } of projections) await documents.purge(name, [contactId], 1_000);
    expect(await sickness()).toStrictEqual([]);
  });
});
