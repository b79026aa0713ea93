import { describe, expect, it } from '@jest/globals';
import { recordEvents } from '#event-sourcing-testing';
import { evolve, initial, keyOf, react } from './todo.js';
import type { RoutedEvent } from './todo.js';

const of = { conversationId: 'c.1', contactId: 'c' };
const opened = (toRoute?: true): RoutedEvent => ({
  type: 'ConversationOpened',
  data: {
    ...of,
    number: 1,
    openedBy: 'message',
    channelId: 'shop',
    medium: 'custom',
    identityKey: 'key',
    known: { conversations: [], complete: true },
    ...(toRoute && { toRoute }),
  },
});
const assigned: RoutedEvent = { type: 'ConversationAssigned', data: { ...of, userId: 'ann', cause: 'hand' } };
const unassigned = (from: { userId?: string; teamId?: string }): RoutedEvent => ({
  type: 'ConversationUnassigned',
  data: { ...of, ...from, cause: 'offline' },
});
const closed: RoutedEvent = { type: 'ConversationClosed', data: { ...of, cause: 'user' } };

const toDosAfter = (...events: RoutedEvent[]) => react(recordEvents(events).reduce(evolve, initial));
const keysOf = (...events: RoutedEvent[]) => recordEvents(events).map(keyOf);

describe('when nobody has it then route', () => {
  it('ASG-7: asks the rules when a conversation opens, unless nothing is to be asked', () => {
    expect(keysOf(opened(true), opened())).toEqual(['c.1', undefined]);
    expect(toDosAfter(opened(true))).toEqual([
      { id: 'route 10', name: 'route', position: 10, after: 'opening', left: null },
    ]);
  });

  it('ASG-7: asks them again when it is taken off somebody, and knows whose place is free', () => {
    expect(keysOf(assigned, unassigned({ userId: 'ann' }))).toEqual(['c.1', 'c.1']);
    expect(toDosAfter(opened(true), assigned, unassigned({ userId: 'ann' }))).toEqual([
      { id: 'route 30', name: 'route', position: 30, after: 'unassignment', left: 'ann' },
    ]);
    expect(toDosAfter(assigned, unassigned({ teamId: 'returns' }))).toEqual([
      { id: 'route 20', name: 'route', position: 20, after: 'unassignment', left: null },
    ]);
  });

  it('ASG-7: has nothing to do once somebody has it, or once it is over', () => {
    expect(toDosAfter(opened(true), assigned)).toEqual([]);
    expect(toDosAfter(opened(true), closed)).toEqual([]);
    expect(toDosAfter(assigned, unassigned({ userId: 'ann' }), closed)).toEqual([]);
  });
});
