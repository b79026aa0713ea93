import { expect, it } from '@jest/globals';
import type { StoredEvent } from '../storage/events.js';
import type { PageItem, ReadPlan } from './read-plan.js';
import { runSubscription } from './subscription.js';
import type { SubscriptionSource } from './subscription.js';

const event = (position: number): StoredEvent => ({
  position,
  stream: 's',
  revision: position - 1,
  id: Buffer.alloc(16, position),
  type: 't',
  isJson: false,
  isTombstone: false,
  created: 0,
  metadata: Buffer.alloc(0),
  data: Buffer.alloc(0),
});

/** A log of numbered events that can grow at any moment, and a subscriber of all of it. */
function setUp(existing: number, onSend: (sent: string[], grow: (count: number) => void, leave: () => void) => void) {
  let last = existing;
  let cursor = 0;
  let listener: (events: readonly StoredEvent[]) => void = () => undefined;
  let isGone = false;
  const sent: string[] = [];
  const goneListeners: (() => void)[] = [];
  const grow = (count: number) => {
    const events = Array.from({ length: count }, (_, index) => event(last + 1 + index));
    last += count;
    listener(events);
  };
  const leave = () => {
    isGone = true;
    for (const gone of goneListeners) gone();
  };
  const tell = (entry: string) => {
    if (entry === '') return Promise.resolve();
    sent.push(...entry.split(' '));
    onSend(sent, grow, leave);
    return Promise.resolve();
  };
  const source: SubscriptionSource = {
    endsAtTombstone: false,
    planTo: () =>
      cursor >= last
        ? undefined
        : { source: 'all', direction: 'forwards', from: cursor + 1, to: last, count: Infinity, resolveLinks: false },
    finished: (to) => {
      cursor = to;
    },
    deliver: (events) =>
      events.flatMap((one): PageItem[] => {
        if (one.position <= cursor) return [];
        cursor = one.position;
        return [{ kind: 'event', event: one }];
      }),
    lastCheckpoint: () => [],
    listen: (given) => {
      listener = given;
      return () => undefined;
    },
  };
  const render = (items: readonly PageItem[]) =>
    items.map((item) => (item.kind === 'event' ? String(item.event?.position) : '')).join(' ');
  const run = runSubscription(
    source,
    {
      // Pages of two events, so that a plan takes several.
      read: ({ from, to, ...plan }: ReadPlan) => {
        const end = Math.min(to, from + 1);
        const content = Array.from({ length: end - from + 1 }, (_, index) => String(from + index)).join(' ');
        const rest = end < to ? { rest: { ...plan, from: end + 1, to } as ReadPlan } : {};
        return Promise.resolve({ content, page: { ...rest, examined: 0 }, endsStream: false });
      },
      render,
    },
    {
      isGone: () => isGone,
      onGone: (gone) => goneListeners.push(gone),
      turn: () => Promise.resolve(),
      confirm: () => tell('confirmed'),
      caughtUp: () => tell('caught-up'),
      send: tell,
    },
  );
  return { run, sent };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

it('57: loses and repeats nothing that is written at any moment of the switch to live', async () => {
  for (const moment of ['confirmed', '2', '4', '5', 'caught-up']) {
    let hasGrown = false;
    const { run, sent } = setUp(5, (log, grow, leave) => {
      if (log.includes(moment) && !hasGrown) {
        hasGrown = true;
        grow(3);
      }
      if (log.includes('8') && log.includes('caught-up')) leave();
    });
    expect(await run).toBe('gone');
    expect([moment, sent.filter((entry) => /^\d/.test(entry))]).toEqual([moment, upTo(8)]);
    expect(sent.filter((entry) => !/^\d/.test(entry))).toEqual(['confirmed', 'caught-up']);
  }
});

it('61: ends when the subscriber leaves, whatever it is doing', async () => {
  for (const moment of ['confirmed', '2', '5', 'caught-up']) {
    const { run } = setUp(5, (log, _grow, leave) => {
      if (log.includes(moment)) leave();
    });
    expect(await run).toBe('gone');
  }
});

it('58: reads from the log what came while the subscriber was busy, and says caught-up only once', async () => {
  let hasGrown = false;
  const { run, sent } = setUp(0, (log, grow, leave) => {
    if (log.includes('caught-up') && !hasGrown) {
      hasGrown = true;
      for (let times = 0; times < 300; times++) grow(10);
    }
    if (log.includes('3000')) leave();
  });
  expect(await run).toBe('gone');
  expect(sent).toEqual(['confirmed', 'caught-up', ...upTo(3000)]);
});
