import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createInMemoryDocuments, createInMemoryEventStore } from '#event-sourcing-testing';
import type { InMemoryDocuments } from '#event-sourcing-testing';
import { append, clock, histories, inboxCatalogue, project } from '#event-sourcing-testing/projected-inbox';

const models = ['talks', 'lines', 'totals'];
const contentsOf = (documents: InMemoryDocuments) => models.map((model) => documents.contents(model));

describe('a batch', () => {
  test('gives identical documents whatever its size: 1, 7 or 1,000 events', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const store = createInMemoryEventStore({ catalogue: inboxCatalogue, clock });
        await append(store, history);
        const [one, seven, thousand] = await Promise.all(
          [1, 7, 1_000].map(async (batchSize) => {
            const documents = createInMemoryDocuments({ clock });
            await project(store, documents, { batchSize });
            return contentsOf(documents);
          }),
        );
        expect(seven).toStrictEqual(one);
        expect(thousand).toStrictEqual(one);
      }),
      { numRuns: 200 },
    );
  });

  test('keeps no document of an erased contact, and none comes back by later events (DEL-6)', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const store = createInMemoryEventStore({ catalogue: inboxCatalogue, clock });
        await append(store, [...history, { type: 'ContactsErased', data: { contacts: ['ann', 'bob'] } }, ...history]);
        const documents = createInMemoryDocuments({ clock });
        await project(store, documents, { batchSize: 7 });
        const held = ['talks', 'talks.side', 'lines'].flatMap((model) => documents.held(model));
        const text = JSON.stringify(held.filter(({ body }) => body));
        expect(text).not.toMatch(/ann|bob/);
        expect(held.filter(({ body, before }) => !body && before?.body)).toStrictEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
