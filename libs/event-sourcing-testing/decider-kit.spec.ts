import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addItem, basket, basketDefinitions, closeBasket, ensureItem } from './basket.js';
import type { BasketEvent } from './basket.js';
import { testDeciderProperties } from './decider-properties.js';
import { scenariosOf } from './given-when-then.js';
import { createTestClock } from './test-clock.js';
import { createTestIds } from './test-ids.js';

const { given } = scenariosOf(basket);
const penAdded: BasketEvent = { type: 'ItemAdded', data: { item: 'pen', count: 1 } };
const closed: BasketEvent = { type: 'BasketClosed', data: { owner: 'contact-1', greeting: 'with love' } };

describe('given, when, then', () => {
  it('passes for exactly the events or the refusal', () => {
    given([]).when(addItem('command-1')).then([penAdded]);
    given([penAdded]).when(ensureItem('command-1')).then([]);
    given([penAdded, closed]).when(addItem('command-1')).then({ code: 'basket-closed', items: 1 });
  });

  it.each<[string, readonly BasketEvent[]]>([
    ['an event less', []],
    ['an event more', [penAdded, penAdded]],
    ['another value', [{ type: 'ItemAdded', data: { item: 'pen', count: 2 } }]],
  ])('fails for %s', (_what, expected) => {
    expect(() => {
      given([]).when(addItem('command-1')).then(expected);
    }).toThrow();
  });

  it('fails for a refusal with other data', () => {
    expect(() => {
      given([penAdded, closed]).when(addItem('command-1')).then({ code: 'basket-closed', items: 2 });
    }).toThrow();
  });
});

describe('properties of a decider', () => {
  testDeciderProperties({
    decider: basket,
    definitions: basketDefinitions,
    commands: fc.constantFrom(ensureItem('command-1', 'a'), ensureItem('command-2', 'pen'), closeBasket('command-3')),
  });
});

describe('test clock', () => {
  it('wakes sleepers in their order, each at its own time', async () => {
    const clock = createTestClock('2026-03-02T09:00:00.000Z');
    const woken: string[] = [];
    void clock.sleep(2_000).then(() => woken.push(`later ${clock.now()}`));
    void clock.sleep(1_000).then(() => woken.push(`sooner ${clock.now()}`));
    void clock.sleep(9_000).then(() => woken.push('never'));
    await clock.advance(5_000);
    expect(woken).toEqual(['sooner 2026-03-02T09:00:01.000Z', 'later 2026-03-02T09:00:02.000Z']);
    expect(clock.now()).toBe('2026-03-02T09:00:05.000Z');
  });

  it('wakes a sleeper at once when it is told to stop', async () => {
    const clock = createTestClock();
    const stop = new AbortController();
    const sleeping = clock.sleep(1_000, stop.signal);
    stop.abort();
    await sleeping;
    expect(clock.now()).toBe(createTestClock().now());
  });
});

describe('test ids', () => {
  it('are the same in each run and different from maker to maker', () => {
    const [one, again, other] = [createTestIds('one'), createTestIds('one'), createTestIds('other')];
    expect([one.next(), one.next()]).toEqual([again.next(), again.next()]);
    expect(one.keyed('a', 'b')).toBe(again.keyed('a', 'b'));
    expect(one.keyed('a', 'b')).not.toBe(one.keyed('ab'));
    expect(one.derivedUuid('a')).not.toBe(other.derivedUuid('a'));
    expect(one.keyed('a')).toMatch(/^[0-9a-f]{32}$/);
  });
});
