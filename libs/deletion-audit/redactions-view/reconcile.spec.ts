import { beforeEach, describe, expect, it } from '@jest/globals';
import { createKeyRing, isPunctured } from '#adapters/key-ring';
import { createCatalogue, progressName, StoreUnavailable } from '#event-sourcing';
import type { EventStore, KeyStore, Position, ReadModels } from '#event-sourcing';
import {
  commandHeader,
  createInMemoryDocuments,
  createInMemoryEventStore,
  createInMemoryKeyStore,
  createTestClock,
  readProjected,
} from '#event-sourcing-testing';
import type { InMemoryDocuments, TestClock } from '#event-sourcing-testing';
import { redactionEvents } from '../redactions/index.js';
import { redactionsModel } from './document.js';
import { reconcileRedactions } from './reconcile.js';

const metadata = {
  ...commandHeader({ actor: { id: 'adam', role: 'admin' }, at: '2026-03-02T09:00:00.000Z' }),
  schemaVersion: 1,
} as const;

let clock: TestClock;
let store: EventStore;
let documents: InMemoryDocuments;
let keys: KeyStore;

beforeEach(() => {
  clock = createTestClock();
  store = createInMemoryEventStore({ catalogue: createCatalogue([redactionEvents]), clock });
  documents = createInMemoryDocuments({ clock });
  keys = createInMemoryKeyStore();
});

/** The log says that the event of the contact was redacted, and the key store does not know of it. */
async function redact(contactId: string, eventId: string): Promise<Position> {
  await keys.make([contactId]);
  const data = { redactionId: `r-${eventId}`, contactId, subjectId: contactId, eventIds: [eventId], noteId: 'n' };
  const event = { id: eventId, type: 'ContactNoteRedacted', data, metadata };
  return (await store.append(`redaction-${contactId}`, [event], 'any')).position;
}

async function project(contactId: string, eventId: string, position: Position): Promise<void> {
  const body = { contactId, subjectId: contactId, eventIds: [eventId] };
  const next = { id: `r-${eventId}`, at: position, owners: [contactId], body, before: undefined };
  await documents.write(redactionsModel, [{ loaded: undefined, next }]);
  await documents.saveProgress(progressName, { position, models: [] }, 1);
}

async function canBeRead(contactId: string, eventId: string): Promise<boolean> {
  const kept = (await keys.find([contactId])).get(contactId);
  return kept !== undefined && !isPunctured(kept, eventId);
}

function start(models: ReadModels = readProjected(documents), stopping = new AbortController()) {
  return reconcileRedactions({ store, models, keys: createKeyRing(keys), clock }, stopping.signal);
}

describe('an older key store put back', () => {
  it('DEL-8: undoes no redaction: when the start goes on, its key is gone, and its neighbour’s is not (S8)', async () => {
    await project('ada', 'e1', await redact('ada', 'e1'));
    const { finished } = await start();
    expect([await canBeRead('ada', 'e1'), await canBeRead('ada', 'e2')]).toStrictEqual([false, true]);
    await finished;
  });

  it('DEL-8: nor one that older models, put back too, see only now (S8)', async () => {
    await project('ada', 'e1', await redact('ada', 'e1'));
    const later = await redact('bo', 'e2');
    const { finished } = await start();
    await clock.advance(5_000);
    expect([await canBeRead('ada', 'e1'), await canBeRead('bo', 'e2')]).toStrictEqual([false, true]);
    await project('bo', 'e2', later);
    await clock.advance(1_000);
    await finished;
    expect(await canBeRead('bo', 'e2')).toBe(false);
  });

  it('DEL-8: nor when the models do not answer at first; the start does not wait for them (S8)', async () => {
    await project('ada', 'e1', await redact('ada', 'e1'));
    let away = true;
    const models = readProjected(documents);
    const position: ReadModels['position'] = () =>
      away ? Promise.reject(new StoreUnavailable('documents', 'away')) : models.position();
    const { finished } = await start({ ...models, position });
    await clock.advance(2_000);
    expect(await canBeRead('ada', 'e1')).toBe(true);
    away = false;
    await clock.advance(1_000);
    await finished;
    expect(await canBeRead('ada', 'e1')).toBe(false);
  });

  it('leaves off when the process stops', async () => {
    await redact('ada', 'e1');
    const stopping = new AbortController();
    const { finished } = await start(readProjected(documents), stopping);
    stopping.abort();
    await finished;
  });
});
