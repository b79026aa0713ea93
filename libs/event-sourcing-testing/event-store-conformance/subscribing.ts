import { describe, expect, it } from '@jest/globals';
import type { EventStore, Position, RecordedEvent } from '#event-sourcing';
import { basketCatalogue, eventId, itemToAppend } from '../basket.js';
import type { ConformanceSubject } from './subject.js';

interface Seen {
  readonly events: readonly RecordedEvent[];
  readonly checkpoint: Position;
}

/** Everything up to `position`, and the last checkpoint; then the subscription is given up. */
async function follow(
  store: EventStore,
  after: Position | 'start' | 'end',
  until: Position,
  options: { categories?: readonly string[]; whenCaughtUp?: () => Promise<unknown> } = {},
): Promise<Seen> {
  const stop = new AbortController();
  const events: RecordedEvent[] = [];
  let checkpoint = 0;
  let told = false;
  const { categories, whenCaughtUp } = options;
  for await (const batch of store.subscribe({ after, signal: stop.signal, ...(categories && { categories }) })) {
    events.push(...batch.events);
    expect(batch.checkpoint).toBeGreaterThanOrEqual(checkpoint);
    checkpoint = batch.checkpoint;
    if (batch.caughtUp && !told) {
      told = true;
      await whenCaughtUp?.();
    }
    if (checkpoint >= until) stop.abort();
  }
  return { events, checkpoint };
}

const ids = ({ events }: Seen): string[] => events.map(({ id }) => id);

export function testSubscribing({ open, freshStream }: ConformanceSubject): void {
  describe('subscribing', () => {
    it('gives what is there, says that it has caught up, and gives what comes', async () => {
      const store = await open(basketCatalogue);
      const stream = freshStream('basket');
      const before = await store.append(stream, [itemToAppend(0)], 'none');
      await store.append(stream, [itemToAppend(1)], 0);
      let live: Promise<unknown> = Promise.resolve();
      const more = await store.append(stream, [itemToAppend(2)], 1);
      const whenCaughtUp = (): Promise<unknown> => (live = store.append(stream, [itemToAppend(3)], 2));
      const seen = await follow(store, before.position, more.position + 1, { whenCaughtUp });
      await live;
      expect(ids(seen)).toEqual([1, 2, 3].map(eventId));
    });

    it('goes on after a checkpoint without losing or repeating', async () => {
      const store = await open(basketCatalogue);
      const stream = freshStream('basket');
      const before = await store.append(stream, [itemToAppend(0)], 'none');
      const middle = await store.append(stream, [itemToAppend(1), itemToAppend(2)], 0);
      const half = await follow(store, before.position, middle.position);
      const last = await store.append(stream, [itemToAppend(3)], 2);
      const rest = await follow(store, half.checkpoint, last.position);
      expect([...ids(half), ...ids(rest)]).toEqual([1, 2, 3].map(eventId));
    });

    it('gives only what is appended from now on when asked for the end', async () => {
      const store = await open(basketCatalogue);
      const stream = freshStream('basket');
      await store.append(stream, [itemToAppend(0)], 'none');
      let last = { position: Number.MAX_SAFE_INTEGER };
      const stop = new AbortController();
      const events: RecordedEvent[] = [];
      for await (const batch of store.subscribe({ after: 'end', signal: stop.signal })) {
        events.push(...batch.events);
        if (last.position === Number.MAX_SAFE_INTEGER) last = await store.append(stream, [itemToAppend(1)], 0);
        if (batch.checkpoint >= last.position) stop.abort();
      }
      expect(events.map(({ id }) => id)).toEqual([eventId(1)]);
    });

    it('leaves out other categories, and does not take one name’s beginning for the other', async () => {
      const store = await open(basketCatalogue);
      const [wanted, longer] = [freshStream('basket'), freshStream('baskets')];
      const before = await store.append(wanted, [itemToAppend(0)], 'none');
      await store.append(longer, [itemToAppend(1)], 'none');
      const last = await store.append(wanted, [itemToAppend(2)], 0);
      const seen = await follow(store, before.position, last.position, { categories: ['basket'] });
      expect(ids(seen)).toEqual([eventId(2)]);
    });

    it('gives each event once and in order while many are being written', async () => {
      const store = await open(basketCatalogue);
      const start = await store.append(freshStream('basket'), [itemToAppend(0)], 'none');
      const numbers = Array.from({ length: 200 }, (_, n) => n + 1);
      const writing = Promise.all(
        numbers.map((number) => store.append(freshStream('basket'), [itemToAppend(number)], 'none')),
      );
      const done = writing.then((appended) => Math.max(...appended.map(({ position }) => position)));
      const stop = new AbortController();
      const events: RecordedEvent[] = [];
      let until = Infinity;
      void done.then((position) => (until = position));
      for await (const batch of store.subscribe({ after: start.position, signal: stop.signal })) {
        events.push(...batch.events);
        if (events.length >= numbers.length) stop.abort();
      }
      await done;
      expect(until).toBeGreaterThan(start.position);
      expect(events.map(({ position }) => position)).toEqual(
        events.map(({ position }) => position).sort((a, b) => a - b),
      );
      expect(new Set(events.map(({ id }) => id))).toEqual(new Set(numbers.map(eventId)));
      expect(events).toHaveLength(numbers.length);
    });

    it('has examined the whole log when it has caught up, also what it leaves out', async () => {
      const store = await open(basketCatalogue);
      const { position } = await store.append(freshStream('basket'), [itemToAppend(0)], 'none');
      const seen = await follow(store, position - 1, position, { categories: ['baskets'] });
      expect(seen).toEqual({ events: [], checkpoint: seen.checkpoint });
      expect(seen.checkpoint).toBeGreaterThanOrEqual(position);
    });

    it('ends when it is aborted, also while nothing happens', async () => {
      const store = await open(basketCatalogue);
      const stop = new AbortController();
      const batches = store.subscribe({ after: 'end', signal: stop.signal })[Symbol.asyncIterator]();
      await batches.next();
      const ended = batches.next();
      stop.abort();
      expect(await ended).toMatchObject({ done: true });
    });
  });
}
