import { beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore, RecordedEvent } from '#event-sourcing';
import {
  basketCatalogue,
  basketHeader,
  collect,
  createInMemoryEventStore,
  createTestClock,
  eventId,
  itemToAppend,
  recordEvents,
} from '#event-sourcing-testing';
import type { TestClock } from '#event-sourcing-testing';
import { createSieve } from './filter.js';
import type { ReplayFilter } from './filter.js';
import { lineOf, replay } from './index.js';
import type { ReplayPart } from './index.js';

const everything: ReplayFilter = { direction: 'forwards', limit: Infinity, follow: false };

let clock: TestClock;
let store: EventStore;
let stop: AbortController;

beforeEach(() => {
  clock = createTestClock();
  store = createInMemoryEventStore({ catalogue: basketCatalogue, clock });
  stop = new AbortController();
});

const put = (basket: string, ...numbers: number[]) =>
  store.append(
    `basket-${basket}`,
    numbers.map((number) => itemToAppend(number)),
    'any',
  );
const begin = (filter: Partial<ReplayFilter>): AsyncGenerator<ReplayPart> =>
  replay({ store, catalogue: basketCatalogue, clock }, { ...everything, ...filter }, stop.signal);
const countsIn = (events: readonly RecordedEvent[]): number[] =>
  events.map(({ data }) => (data as { count: number }).count);

async function counts(filter: Partial<ReplayFilter> = {}): Promise<number[]> {
  return countsIn((await collect(begin(filter))).flatMap(({ events }) => events));
}

describe('a replay', () => {
  it('HIS-3: goes over the log in order, or backwards, or over one stream', async () => {
    await put('a', 1, 2);
    await put('b', 3);
    await put('a', 4);
    expect(await counts()).toStrictEqual([1, 2, 3, 4]);
    expect(await counts({ direction: 'backwards' })).toStrictEqual([4, 3, 2, 1]);
    expect(await counts({ stream: 'basket-a' })).toStrictEqual([1, 2, 4]);
    expect(await counts({ stream: 'basket-a', direction: 'backwards' })).toStrictEqual([4, 2, 1]);
    expect(await counts({ stream: 'basket-none' })).toStrictEqual([]);
    expect(await counts({ types: new Set(['BasketClosed']) })).toStrictEqual([]);
    expect(await counts({ limit: 2 })).toStrictEqual([1, 2]);
  });

  it.each(['forwards', 'backwards'] as const)(
    'HIS-3: %s, cut anywhere, goes on after the last line',
    async (direction) => {
      await put('a', 1, 2);
      await put('b', 3, 4, 5);
      const whole = (await collect(begin({ direction }))).flatMap(({ events }) => events);
      expect(whole).toHaveLength(5);
      for (const [index, { position }] of whole.entries()) {
        const rest = { direction, from: { position } };
        expect(await counts(rest)).toStrictEqual(countsIn(whole.slice(index + 1)));
      }
    },
  );

  it('HIS-3: is longer than a page of the store', async () => {
    const numbers = Array.from({ length: 1_203 }, (_, index) => index + 1);
    await put('a', ...numbers);
    expect(await counts()).toStrictEqual(numbers);
    expect(await counts({ stream: 'basket-a' })).toStrictEqual(numbers);
    expect(await counts({ stream: 'basket-a', direction: 'backwards' })).toStrictEqual(numbers.toReversed());
  });

  it('DEL-6: of a stream that is erased has nothing', async () => {
    await put('a', 1);
    await store.tombstone('basket-a', 'any');
    expect(await counts({ stream: 'basket-a' })).toStrictEqual([]);
  });
});

describe('a replay that follows', () => {
  it('HIS-3: goes on with what happens, of the streams and types that are wanted, and ends when it is told to', async () => {
    await put('a', 1);
    const parts = begin({ follow: true, stream: 'basket-a' });
    const next = async (): Promise<number[]> => {
      const part = await parts.next();
      return part.done ? [] : countsIn(part.value.events);
    };
    expect(await next()).toStrictEqual([1]);
    expect(await next()).toStrictEqual([]);
    const waiting = next();
    await put('b', 2);
    await put('a', 3);
    expect(await waiting).toStrictEqual([3]);
    const last = parts.next();
    stop.abort();
    expect(await last).toStrictEqual({ done: true, value: undefined });
  });

  it('HIS-3: says every 15 seconds that it is there, and how far it has come', async () => {
    const { position } = await put('a', 1);
    const parts = begin({ follow: true, types: new Set(['BasketClosed']) });
    expect((await parts.next()).value).toStrictEqual({ events: [], reached: position });
    const silence = parts.next();
    await clock.advance(14_000);
    const later = await put('b', 2);
    await clock.sleep(0);
    await clock.advance(1_000);
    expect((await silence).value).toStrictEqual({ events: [], reached: later.position });
    stop.abort();
  });

  it('HIS-3: ends with the last event that is wanted', async () => {
    await put('a', 1, 2);
    expect(await counts({ follow: true, limit: 2 })).toStrictEqual([1, 2]);
    expect(await counts({ follow: true, to: { position: 7 } })).toStrictEqual([1]);
  });
});

describe('a sieve', () => {
  const minutes = ['09:00', '09:02', '09:01', '09:03'];
  const events = recordEvents(
    minutes.map((minute, n) => [{ type: 'E', data: { n } }, { at: `2026-03-02T${minute}:00.000Z` }] as const),
  );
  const time = (minute: string) => ({ time: `2026-03-02T${minute}:00.000Z` });
  const wanted = (filter: Partial<ReplayFilter>, of = events): number[] => {
    const sieve = createSieve({ ...everything, ...filter });
    return of.filter((event) => sieve.wants(event)).map(({ data }) => data.n);
  };

  it('HIS-3: takes what was written from a time on, and up to a time, where the clock went back too', () => {
    expect(wanted({ from: time('09:02') })).toStrictEqual([1, 2, 3]);
    expect(wanted({ to: time('09:02') })).toStrictEqual([0, 1, 2]);
    expect(wanted({ to: time('09:01') })).toStrictEqual([0]);
    expect(
      wanted({ direction: 'backwards', from: time('09:02'), to: time('09:01') }, events.toReversed()),
    ).toStrictEqual([2, 1]);
  });

  it('HIS-3: takes the events between two positions: after the one, up to the other', () => {
    expect(wanted({ from: { position: 10 }, to: { position: 30 } })).toStrictEqual([1, 2]);
    const back = { direction: 'backwards', from: { position: 40 }, to: { position: 20 } } as const;
    expect(wanted(back, events.toReversed())).toStrictEqual([2, 1]);
  });
});

describe('a line', () => {
  const metadata = { ...basketHeader('command-1'), schemaVersion: 1 };
  const stored = {
    id: eventId(1),
    stream: 'basket-a',
    revision: 0,
    position: 7,
    type: 'BasketClosed',
    data: { owner: 'contact-1', greeting: 'with love' },
    metadata,
    created: '2026-03-02T09:00:01.000Z',
  };

  it('HIS-3: shows that personal fields are there, not what they hold', () => {
    expect(lineOf(basketCatalogue, stored, false)).toStrictEqual({
      id: eventId(1),
      stream: 'basket-a',
      revision: 0,
      type: 'BasketClosed',
      version: 1,
      created: '2026-03-02T09:00:01.000Z',
      at: '2026-03-02T09:00:00.000Z',
      actor: { id: 'user-1', role: 'agent' },
      commandId: 'command-1',
      correlationId: 'command-1',
      causationId: 'command-1',
      data: { owner: 'contact-1', greeting: '[personal]' },
    });
  });

  it('HIS-3: shows them when they are revealed', () => {
    expect(lineOf(basketCatalogue, stored, true).data).toStrictEqual({ owner: 'contact-1', greeting: 'with love' });
  });
});
