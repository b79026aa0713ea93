import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '#event-sourcing';
import { recordEvents } from '#event-sourcing-testing';
import { answered, closed, received, replied, snoozed } from '../conversation/conversation.fixtures.js';
import { evolve, initial, keyOf, mostEvents, react } from './todo.js';
import type { LongEvent } from './todo.js';

/** The events as the last ones of a conversation that is too long, a minute apart. */
const lately = (...events: readonly LongEvent[]): readonly Recorded<LongEvent>[] =>
  recordEvents(events.map((event, n) => [event, { at: `2026-03-02T10:0${n}:00.000Z` }] as const)).map((event, n) => ({
    ...event,
    revision: mostEvents - 1 + n,
  }));
const wanted = (...events: readonly LongEvent[]) => react(lately(...events).reduce(evolve, initial));

describe('when long and quiet then roll over', () => {
  it('CNV-8: an answered conversation of 5,000 events is rolled over an hour after its last one', () => {
    expect(wanted(received('m1'), replied('r1'), answered('r1'), replied('r2'))).toEqual([
      {
        id: `roll-over ${mostEvents + 2}`,
        name: 'roll-over',
        revision: mostEvents + 2,
        due: '2026-03-02T11:03:00.000Z',
      },
    ]);
  });

  it('CNV-8: not while somebody waits, it is snoozed, or over', () => {
    expect(wanted(replied('r1'), answered('r1'), received('m2'))).toEqual([]);
    expect(wanted(replied('r1'), answered('r1'), snoozed('2026-04-01T00:00:00.000Z') as LongEvent)).toEqual([]);
    expect(wanted(answered('r1'), closed({}))).toEqual([]);
  });

  it('CNV-8: shorter ones are not even looked at', () => {
    const [early] = lately(answered('r1'));
    expect(early && keyOf(early)).toBe('c.2');
    expect(early && keyOf({ ...early, revision: mostEvents - 2 })).toBeUndefined();
  });
});
