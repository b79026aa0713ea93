import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createEventCodec, foldDocuments } from '#event-sourcing';
import type { EventToAppend, RecordedEvent, StoredEvent } from '#event-sourcing';
import { arbitraryEvent, createTestKeyRing } from '#event-sourcing-testing';
import { catalogue, projections } from '#product';

const subjects = ['a', 'b', 'c'];
const at = '2026-03-02T09:00:00.000Z';
const header = { commandId: 'c', commandHash: 'h', correlationId: 'c', causationId: 'c', at };

/** Events of every type with personal fields, as they decode once all of their subjects are erased. */
async function erasedEvents(): Promise<readonly RecordedEvent[]> {
  const keys = createTestKeyRing();
  const codec = createEventCodec(catalogue, keys);
  const [category = ''] = catalogue.categories;
  const stored: StoredEvent[] = [];
  for (const definition of catalogue.definitions.values()) {
    if (!Object.values(definition.fields).some(({ subject }) => subject !== undefined)) continue;
    for (const { type, data } of fc.sample(arbitraryEvent(definition), { numRuns: 5, seed: 7 })) {
      const id = `event-${stored.length}`;
      const metadata = { ...header, actor: { id: 'ann', role: 'agent' }, schemaVersion: definition.version } as const;
      const event: EventToAppend = { id, type, data, metadata };
      const [encoded] = await codec.encode(`${category}-1`, [event]);
      const place = { stream: `${category}-1`, revision: stored.length, position: (stored.length + 1) * 10 };
      stored.push({ ...place, id, type, data: encoded?.data, metadata, created: at });
    }
  }
  for (const subject of subjects) await keys.destroy(subject, '{}');
  const decode = await codec.decoder(stored);
  return stored.flatMap(decode);
}

describe('events that nobody can read any more', () => {
  it.each(projections)('DEL-3: the model $name folds them like any others', async (projection) => {
    const events = await erasedEvents();
    expect(events.some(({ hidden }) => hidden !== undefined)).toBe(true);
    expect(() => foldDocuments(projection, events)).not.toThrow();
  });
});
