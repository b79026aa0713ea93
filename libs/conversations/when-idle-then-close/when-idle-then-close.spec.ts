import { describe, expect, it } from '@jest/globals';
import { recordEvents } from '#event-sourcing-testing';
import { evolve, initial, keyOf, react, whenIdleThenClose } from './todo.js';
import type { IdleEvent } from './todo.js';

const at = (time: string) => ({ at: `2026-03-02T${time}.000Z` });
const limited: IdleEvent = { type: 'ChannelInactivityLimitSet', data: { channelId: 'shop', after: 'P7D' } };
const lifted: IdleEvent = { type: 'ChannelInactivityLimitLifted', data: { channelId: 'shop' } };
const looked = (workflow: string): IdleEvent => ({
  type: 'WorkflowToDoSettled',
  data: { workflow, key: 'shop', beganWith: 'event', todo: 'look' },
});
const stateAfter = (...events: Parameters<typeof recordEvents<IdleEvent>>[0]) =>
  recordEvents<IdleEvent>(events).reduce(evolve, initial);

describe('when idle then close', () => {
  it('CNV-8: looks at a channel as soon as its limit is set, and again five minutes after each look', () => {
    const first = stateAfter([limited, at('10:00:00')]);
    expect(react(first)).toEqual([
      { id: 'look 2026-03-02T10:00:00.000Z', name: 'look', after: 'P7D', due: '2026-03-02T10:00:00.000Z' },
    ]);
    const again = stateAfter([limited, at('10:00:00')], [looked(whenIdleThenClose), at('10:00:02')]);
    expect(react(again)).toEqual([
      { id: 'look 2026-03-02T10:05:02.000Z', name: 'look', after: 'P7D', due: '2026-03-02T10:05:02.000Z' },
    ]);
  });

  it('CNV-8: does nothing where the limit is off', () => {
    expect(react(stateAfter(limited, lifted))).toEqual([]);
    expect(react(stateAfter(lifted, looked(whenIdleThenClose)))).toEqual([]);
  });

  it('hears only of its own looks', () => {
    const [mine, other] = recordEvents<IdleEvent>([looked(whenIdleThenClose), looked('another')]);
    expect(mine && keyOf(mine)).toBe('shop');
    expect(other && keyOf(other)).toBeUndefined();
  });
});
