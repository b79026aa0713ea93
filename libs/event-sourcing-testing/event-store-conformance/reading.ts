import { describe, expect, it } from '@jest/globals';
import { createCatalogue, defineEvent, field, NewerWriter } from '#event-sourcing';
import type { EventCatalogue } from '#event-sourcing';
import { basketCatalogue, basketDefinitions, eventId, itemToAppend } from '../basket.js';
import type { ConformanceSubject } from './subject.js';
import { collect } from '../collect.js';

const fiveItems = [0, 1, 2, 3, 4].map((number) => itemToAppend(number));

/** What a later build would know: `ItemAdded` in version 2. */
const newerCatalogue: EventCatalogue = createCatalogue([
  {
    categories: ['basket', 'foreign'],
    definitions: [
      ...basketDefinitions.filter(({ type }) => type !== 'ItemAdded'),
      defineEvent<{ type: 'ItemAdded'; data: { item: string; count: number; colour: string } }>({
        type: 'ItemAdded',
        version: 2,
        sentence: 'As before, with a colour.',
        fields: { item: field('code'), count: field('number'), colour: field('code') },
        upcasters: {
          1: ({ item, count }) => [{ type: 'ItemAdded', version: 2, data: { item, count, colour: 'red' } }],
        },
      }),
    ],
  },
]);
const newerItem = {
  ...itemToAppend(9),
  data: { item: 'pen', count: 9, colour: 'blue' },
  metadata: { ...itemToAppend(9).metadata, schemaVersion: 2 },
};

export function testReading({ open, freshStream }: ConformanceSubject): void {
  describe('reading', () => {
    it.each([
      [{}, [0, 1, 2, 3, 4]],
      [{ from: 3 }, [3, 4]],
      [{ from: 5 }, []],
      [{ from: 1, limit: 2 }, [1, 2]],
      [{ direction: 'backwards' }, [4, 3, 2, 1, 0]],
      [{ direction: 'backwards', from: 2, limit: 2 }, [2, 1]],
      [{ direction: 'backwards', limit: 1 }, [4]],
    ] as const)('reads a stream with %j as revisions %j', async (read, revisions) => {
      const store = await open(basketCatalogue);
      const stream = freshStream('basket');
      await store.append(stream, fiveItems, 'none');
      const events = await collect(store.readStream(stream, read));
      expect(events.map(({ revision }) => revision)).toEqual(revisions);
    });

    it('finds no events in a stream that never was', async () => {
      const store = await open(basketCatalogue);
      expect(await collect(store.readStream(freshStream('basket')))).toEqual([]);
    });

    it('reads the log in both directions, beyond a position', async () => {
      const store = await open(basketCatalogue);
      const stream = freshStream('basket');
      const before = await store.append(stream, fiveItems.slice(0, 1), 'none');
      await store.append(stream, fiveItems.slice(1, 4), 0);

      const forwards = await collect(store.readAll({ beyond: before.position }));
      expect(forwards.map(({ id }) => id)).toEqual([1, 2, 3].map(eventId));
      const [newest, ...older] = await collect(store.readAll({ direction: 'backwards', limit: 3 }));
      expect([newest, ...older].map((event) => event?.id)).toEqual([3, 2, 1].map(eventId));
      const beforeNewest = store.readAll({
        direction: 'backwards',
        limit: 1,
        ...(newest && { beyond: newest.position }),
      });
      expect((await collect(beforeNewest)).map(({ id }) => id)).toEqual([eventId(2)]);
      expect(await collect(store.readAll({ beyond: before.position, limit: 2 }))).toEqual(forwards.slice(0, 2));
    });

    it('knows the event at a position, and that there is none beside it', async () => {
      const store = await open(basketCatalogue);
      const stream = freshStream('basket');
      const { position } = await store.append(stream, fiveItems, 'none');
      expect(await store.eventAt(position)).toMatchObject({ stream, revision: 4, position, id: eventId(4) });
      expect(await store.eventAt(position + 1)).toBeUndefined();
    });

    it('skips streams that are not the product’s', async () => {
      const newer = await open(newerCatalogue);
      const store = await open(basketCatalogue);
      const { position } = await newer.append(freshStream('foreign'), [newerItem], 'none');
      const last = await store.append(freshStream('basket'), fiveItems.slice(0, 1), 'none');
      expect((await collect(store.readAll({ beyond: position }))).map((event) => event.position)).toEqual([
        last.position,
      ]);
      expect(await store.eventAt(position)).toBeUndefined();
    });

    it('stops at an event that a newer version wrote (R9)', async () => {
      const newer = await open(newerCatalogue);
      const store = await open(basketCatalogue);
      const stream = freshStream('basket');
      await store.append(stream, fiveItems.slice(0, 1), 'none');
      await newer.append(stream, [newerItem], 0);
      await expect(collect(store.readStream(stream))).rejects.toEqual(new NewerWriter(stream, 'ItemAdded', 2));
    });

    it('reads an older version as what it means today (R9)', async () => {
      const newer = await open(newerCatalogue);
      const store = await open(basketCatalogue);
      const stream = freshStream('basket');
      await store.append(stream, fiveItems.slice(4), 'none');
      const events = await collect(newer.readStream(stream));
      expect(events.map(({ id, data }) => ({ id, data }))).toEqual([
        { id: eventId(4), data: { item: 'pen', count: 4, colour: 'red' } },
      ]);
    });
  });
}
