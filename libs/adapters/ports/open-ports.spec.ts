import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEventStoreDB } from '#embedded/eventstoredb';
import type { RunningEventStoreDB } from '#embedded/eventstoredb';
import { startMongoDB } from '#embedded/mongodb';
import { collect, commandHeader } from '#event-sourcing-testing';
import { openPorts } from './open-ports.js';

let dataDir: string;
let eventStore: RunningEventStoreDB;
let mongo: Awaited<ReturnType<typeof startMongoDB>>;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'ledger-ports-'));
  eventStore = await startEventStoreDB({ dataDir: join(dataDir, 'eventstoredb'), port: 0 });
  mongo = await startMongoDB({ dataDir: join(dataDir, 'mongodb'), port: 0 });
});
afterAll(async () => {
  await mongo.close();
  await eventStore.close();
  await rm(dataDir, { recursive: true, force: true });
});

const startProcess = () =>
  openPorts({
    eventStoreUrl: eventStore.url,
    mongoUrl: mongo.url,
    keyStoreUrl: `sqlite:${join(dataDir, 'keys.sqlite')}`,
    masterKeys: { text: `2026-01-01T00:00:00Z ${Buffer.alloc(32, 7).toString('base64')}` },
  });

const metadata = {
  ...commandHeader({ actor: { id: 'ann', role: 'agent' }, at: '2026-03-02T09:00:00.000Z' }),
  schemaVersion: 1,
} as const;

describe('a process that starts', () => {
  it('DEL-8: reads nothing that was redacted since the key store of which an older copy was put back (S8)', async () => {
    const [contactId, noteId] = ['ada', 'note'] as const;
    const before = await startProcess();
    const eventIds = ['0b5f0d4e-4f0a-4d0e-8f53-2f2f6a1f0001', '0b5f0d4e-4f0a-4d0e-8f53-2f2f6a1f0002'];
    const note = { type: 'ContactNoteAdded', data: { contactId, noteId, text: 'her card number' }, metadata };
    const [redactedId = '', neighbourId = ''] = eventIds;
    const { EventStore: store } = before.ports;
    await store.append(
      `contact-${contactId}`,
      [
        { ...note, id: redactedId },
        { ...note, id: neighbourId },
      ],
      'none',
    );
    // The models have seen the redaction; the key store, that of before, has not.
    const redaction = { redactionId: 'r', contactId, subjectId: contactId, eventIds: [redactedId], noteId };
    const id = '0b5f0d4e-4f0a-4d0e-8f53-2f2f6a1f0003';
    const redacted = { id, type: 'ContactNoteRedacted', data: redaction, metadata };
    const { position } = await store.append(`redaction-${contactId}`, [redacted], 'none');
    await before.models.engine.start();
    await before.ports.ReadModels.waitFor(position, 10_000);
    await before.close();

    const after = await startProcess();
    const notes = await collect(after.ports.EventStore.readStream(`contact-${contactId}`));
    await after.close();
    expect(notes.map(({ data, hidden }) => [data, hidden])).toStrictEqual([
      [{ contactId, noteId, text: '' }, { text: 'redacted' }],
      [{ contactId, noteId, text: 'her card number' }, undefined],
    ]);
  });
});
