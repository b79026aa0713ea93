import { describe, expect, it } from '@jest/globals';
import { EventTooLarge, RevisionConflict } from '#event-sourcing';
import { basketCatalogue, eventId, itemToAppend } from '../basket.js';
import type { ConformanceSubject } from './subject.js';
import { collect } from '../collect.js';

const first = itemToAppend(1);
const second = itemToAppend(2);
const third = itemToAppend(3);

export function testAppending({ open, freshStream }: ConformanceSubject): void {
  describe('appending', () => {
    it('gives back what was written, under consecutive revisions and growing positions', async () => {
      const store = await open(basketCatalogue);
      const stream = freshStream('basket');
      const appended = await store.append(stream, [first, second], 'none');

      const events = await collect(store.readStream(stream));
      expect(appended).toEqual({ revision: 1, position: events[1]?.position });
      expect(events).toEqual([
        { ...first, stream, revision: 0, position: events[0]?.position, created: events[0]?.created },
        { ...second, stream, revision: 1, position: appended.position, created: events[1]?.created },
      ]);
      expect(events[0]?.position).toBeLessThan(events[1]?.position ?? 0);
      expect(events[0]?.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,7}Z$/);
    });

    it('keeps any text and personal fields as they are', async () => {
      const store = await open(basketCatalogue);
      const stream = freshStream('basket');
      const greeting = 'Grüße, "世界" \u2028 👩‍🚀 \\ \u0000';
      const closed = { ...first, type: 'BasketClosed', data: { owner: 'contact-1', greeting } };
      await store.append(stream, [closed], 'none');
      expect((await collect(store.readStream(stream))).map(({ data }) => data)).toEqual([closed.data]);
    });

    it.each(['none', 0, 2] as const)(
      'refuses to expect %s of a stream at revision 1 and writes nothing',
      async (expected) => {
        const store = await open(basketCatalogue);
        const stream = freshStream('basket');
        await store.append(stream, [first, second], 'none');

        const refused = await store.append(stream, [third], expected).catch((error: unknown) => error);
        expect(refused).toEqual(new RevisionConflict(stream, expected, 1));
        expect(refused).toMatchObject({ stream, expected, actual: 1 });
        expect(await collect(store.readStream(stream))).toHaveLength(2);
      },
    );

    it('refuses to expect a revision of a stream that never was', async () => {
      const store = await open(basketCatalogue);
      const stream = freshStream('basket');
      const refused = await store.append(stream, [first], 0).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'revision-conflict', stream, expected: 0, actual: -1 });
    });

    it('recognises an append that it has taken before', async () => {
      const store = await open(basketCatalogue);
      const stream = freshStream('basket');
      const once = await store.append(stream, [first, second], 'none');
      await store.append(stream, [third], 1);

      expect(await store.append(stream, [first, second], 'none')).toEqual(once);
      expect(await store.append(stream, [first, second], 'any')).toEqual(once);
      expect((await collect(store.readStream(stream))).map(({ id }) => id)).toEqual([1, 2, 3].map(eventId));
    });

    it('lets one of many writers win who expect the same', async () => {
      const store = await open(basketCatalogue);
      const stream = freshStream('basket');
      const writers = Array.from({ length: 16 }, (_, n) => store.append(stream, [itemToAppend(n)], 'none'));
      const outcomes = await Promise.allSettled(writers);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await collect(store.readStream(stream))).toHaveLength(1);
    });

    it('refuses an event of more than 64 KiB', async () => {
      const store = await open(basketCatalogue);
      const stream = freshStream('basket');
      await expect(store.append(stream, [itemToAppend(1, 'x'.repeat(65_536))], 'none')).rejects.toThrow(EventTooLarge);
      await store.append(stream, [itemToAppend(1, 'x'.repeat(60_000))], 'none');
    });

    it('refuses what the catalogue does not know before it is stored', async () => {
      const store = await open(basketCatalogue);
      const stream = freshStream('basket');
      await expect(store.append(stream, [{ ...first, type: 'Unheard' }], 'none')).rejects.toThrow(TypeError);
      await expect(store.append(stream, [{ ...first, data: { item: 'pen' } }], 'none')).rejects.toThrow(TypeError);
      expect(await collect(store.readStream(stream))).toEqual([]);
    });
  });
}
