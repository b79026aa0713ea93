import { describe, expect, it } from '@jest/globals';
import { recordEvents } from '#event-sourcing-testing';
import { evolve, initial, keyOf, placeOfKey, react } from './todo.js';
import type { ReservedEvent } from './todo.js';

const place = { userId: 'ann b', conversationId: 'c.1' };
const reserved: ReservedEvent = { type: 'PlaceReserved', data: place };
const freed: ReservedEvent = { type: 'PlaceFreed', data: place };
const taken: ReservedEvent = { type: 'PlaceTaken', data: place };
const assigned: ReservedEvent = {
  type: 'ConversationAssigned',
  data: { ...place, contactId: 'c', teamId: 'desk', cause: 'routing' },
};
const toTeam: ReservedEvent = {
  type: 'ConversationAssigned',
  data: { conversationId: 'c.1', contactId: 'c', teamId: 'desk', cause: 'routing' },
};
const toDosAfter = (...events: ReservedEvent[]) => react(recordEvents(events).reduce(evolve, initial));

describe('when reserved place is not used then free', () => {
  it('ASG-7: each place is one by itself; a team has none', () => {
    expect(recordEvents([reserved, assigned, toTeam]).map(keyOf)).toEqual(['c.1 ann b', 'c.1 ann b', undefined]);
    expect(placeOfKey('c.1 ann b')).toEqual(place);
  });

  it('ASG-7: frees what half a minute later is neither in use nor given back', () => {
    const [recorded] = recordEvents([reserved]);
    const at = Date.parse(recorded?.metadata.at ?? '');
    const due = new Date(at + 30_000).toISOString();
    expect(toDosAfter(reserved)).toEqual([{ id: 'free 10', name: 'free', due }]);
  });

  it('ASG-7: has nothing to do once it is in use, or free', () => {
    for (const after of [freed, taken, assigned]) expect(toDosAfter(reserved, after)).toEqual([]);
  });
});
