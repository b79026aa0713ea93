import { describe, expect, it } from '@jest/globals';
import { recordEvents } from '#event-sourcing-testing';
import { evolve, initial, keyOf, react, whenRetentionIsOverThenClear } from './todo.js';
import type { RetentionEvent } from './todo.js';

const at = (time: string) => ({ at: `2026-03-02T${time}.000Z` });
const chosen: RetentionEvent = {
  type: 'AttributeRetentionChosen',
  data: { alias: 'phone', medium: 'whatsapp', retention: 'P30D' },
};
const lifted: RetentionEvent = { type: 'AttributeRetentionLifted', data: { alias: 'phone', medium: 'whatsapp' } };
const looked = (workflow: string): RetentionEvent => ({
  type: 'WorkflowToDoSettled',
  data: { workflow, key: 'whatsapp.phone', beganWith: 'event', todo: 'look' },
});
const stateAfter = (...events: Parameters<typeof recordEvents<RetentionEvent>>[0]) =>
  recordEvents<RetentionEvent>(events).reduce(evolve, initial);

describe('when retention is over then clear', () => {
  const attribute = { alias: 'phone', medium: 'whatsapp' };
  const look = (due: string) => ({ id: `look ${due}`, name: 'look', attribute, retention: 'P30D', due });

  it('ATT-7: looks at an attribute as soon as its retention is chosen, and again an hour after each look', () => {
    expect(react(stateAfter([chosen, at('10:00:00')]))).toEqual([look('2026-03-02T10:00:00.000Z')]);
    const again = stateAfter([chosen, at('10:00:00')], [looked(whenRetentionIsOverThenClear), at('10:00:02')]);
    expect(react(again)).toEqual([look('2026-03-02T11:00:02.000Z')]);
  });

  it('ATT-7: does nothing where values stay', () => {
    expect(react(stateAfter(chosen, lifted))).toEqual([]);
    expect(react(stateAfter(lifted, looked(whenRetentionIsOverThenClear)))).toEqual([]);
  });

  it('hears only of its own looks', () => {
    const keys = recordEvents([chosen, looked(whenRetentionIsOverThenClear), looked('another')]).map(keyOf);
    expect(keys).toEqual(['whatsapp.phone', 'whatsapp.phone', undefined]);
  });
});
