import { describe, expect, it } from '@jest/globals';
import { RevisionConflict, StreamGone } from '#event-sourcing';
import { basketCatalogue, eventId, itemToAppend } from '../basket.js';
import type { ConformanceSubject } from './subject.js';
import { collect } from '../collect.js';

const threeItems = [0, 1, 2].map((number) => itemToAppend(number));

export function testForgetting({ open, freshStream }: ConformanceSubject): void {
  describe('forgetting', () => {
    it('does not read what was truncated, and keeps counting revisions', async () => {
      const store = await open(basketCatalogue);
      const stream = freshStream('basket');
      await store.append(stream, threeItems, 'none');
      await store.truncateBefore(stream, 2);
      expect((await collect(store.readStream(stream))).map(({ id }) => id)).toEqual([eventId(2)]);
      await store.truncateBefore(stream, 3);
      expect(await collect(store.readStream(stream))).toEqual([]);
      await expect(store.append(stream, [itemToAppend(7)], 'none')).rejects.toEqual(
        new RevisionConflict(stream, 'none', 2),
      );
      expect(await store.append(stream, [itemToAppend(7)], 2)).toMatchObject({ revision: 3 });
      expect((await collect(store.readStream(stream))).map(({ id }) => id)).toEqual([eventId(7)]);
    });

    it('keeps events that may go later until then, and truncation beside it', async () => {
      const store = await open(basketCatalogue);
      const stream = freshStream('basket');
      await store.expireAfter(stream, 3_600);
      await store.append(stream, threeItems, 'none');
      await store.truncateBefore(stream, 1);
      expect((await collect(store.readStream(stream))).map(({ id }) => id)).toEqual([1, 2].map(eventId));
    });

    it('seals a stream for good, also one that never was', async () => {
      const store = await open(basketCatalogue);
      const [used, unused] = [freshStream('basket'), freshStream('basket')];
      await store.append(used, threeItems, 'none');
      await expect(store.tombstone(used, 'none')).rejects.toEqual(new RevisionConflict(used, 'none', 2));
      await store.tombstone(used, 2);
      await store.tombstone(unused, 'none');
      for (const stream of [used, unused]) {
        await store.tombstone(stream, 'any');
        await expect(collect(store.readStream(stream))).rejects.toEqual(new StreamGone(stream));
        await expect(store.append(stream, [itemToAppend(9)], 'any')).rejects.toEqual(new StreamGone(stream));
      }
    });

    it('goes on reading the log beside sealed streams', async () => {
      const store = await open(basketCatalogue);
      const stream = freshStream('basket');
      await store.tombstone(stream, 'none');
      const before = await store.append(freshStream('basket'), [itemToAppend(0)], 'none');
      const gone = freshStream('basket');
      await store.append(gone, [itemToAppend(1)], 'none');
      await store.tombstone(gone, 'any');
      const last = await store.append(freshStream('basket'), [itemToAppend(2)], 'none');
      const read = await collect(store.readAll({ beyond: before.position }));
      // Before a scavenge the log may or may not still show the sealed stream's event; never the seal itself.
      expect(read.filter((event) => event.stream !== gone).map((event) => event.position)).toEqual([last.position]);
      expect(read.every(({ type }) => type === 'ItemAdded')).toBe(true);
    });
  });
}
