import { describe, expect, it } from '@jest/globals';
import { recordEvents } from '#event-sourcing-testing';
import { contactOfKey, evolve, initial, keyOf, react } from './todo.js';
import type { HandsEvent } from './todo.js';

const of = { conversationId: 'c.1', contactId: 'c' };
const assigned = (cause: 'hand' | 'routing'): HandsEvent => ({
  type: 'ConversationAssigned',
  data: { ...of, userId: 'ann', cause },
});
const closed: HandsEvent = { type: 'ConversationClosed', data: { ...of, cause: 'user' } };
const taken: HandsEvent = { type: 'PlaceTaken', data: { userId: 'ann', conversationId: 'c.1' } };
const freed: HandsEvent = { type: 'PlaceFreed', data: { userId: 'ann', conversationId: 'c.1' } };
const deleted: HandsEvent = {
  type: 'ContactDeleted',
  data: {
    erasureId: 'e',
    contactIds: ['c', 'd'],
    hint: 'A••••',
    platforms: ['custom'],
    requestedAt: '2026-03-02T09:00:00.000Z',
    requestPosition: 10,
    adminId: 'eve',
    adminName: 'Eve',
    reason: 'requested',
    counts: { identities: 1, conversations: 1, messages: 1, notes: 0, attributes: 0 },
    previousHash: '0'.repeat(64),
    hash: '1'.repeat(64),
  },
};
const toDosAfter = (...events: HandsEvent[]) => react(recordEvents(events).reduce(evolve, initial));
const keysOf = (...events: HandsEvent[]) => recordEvents(events).map(keyOf);

describe('when hands change then places follow', () => {
  it('ASG-5: what is given by hand takes a place; what routing gives has one already', () => {
    expect(keysOf(assigned('hand'), assigned('routing'))).toEqual(['c.1', undefined]);
    expect(toDosAfter(assigned('hand'))).toEqual([{ id: 'settle 10', name: 'settle', position: 10 }]);
    expect(toDosAfter(assigned('hand'), taken)).toEqual([]);
  });

  it('ASG-5: what is over frees its place, once', () => {
    expect(toDosAfter(assigned('hand'), taken, closed)).toEqual([{ id: 'settle 30', name: 'settle', position: 30 }]);
    expect(toDosAfter(assigned('hand'), taken, closed, freed)).toEqual([]);
  });

  it('ASG-5: a place freed for the one before does not settle what the next one takes', () => {
    expect(toDosAfter(assigned('hand'), taken, assigned('hand'), freed)).toEqual([
      { id: 'settle 30', name: 'settle', position: 30 },
    ]);
    expect(toDosAfter(closed, taken)).toEqual([{ id: 'settle 10', name: 'settle', position: 10 }]);
  });

  it('DEL-6: conversations of erased contacts free theirs too, for each contact by itself', () => {
    expect(keysOf(deleted)).toEqual([['erased c', 'erased d']]);
    expect([contactOfKey('erased c'), contactOfKey('c.1')]).toEqual(['c', undefined]);
    expect(toDosAfter(deleted)).toEqual([{ id: 'settle 10', name: 'settle', position: 10 }]);
  });
});
