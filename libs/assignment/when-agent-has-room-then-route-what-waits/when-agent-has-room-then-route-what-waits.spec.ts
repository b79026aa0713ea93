import { describe, expect, it } from '@jest/globals';
import { recordEvents } from '#event-sourcing-testing';
import { evolve, initial, react } from './todo.js';
import type { RoomEvent } from './todo.js';

const online: RoomEvent = { type: 'AgentCameOnline', data: { userId: 'ann' } };
const offline: RoomEvent = {
  type: 'AgentWentOffline',
  data: { userId: 'ann', cause: 'call', lastSeenAt: '2026-03-02T09:00:00.000Z' },
};
const freed: RoomEvent = { type: 'PlaceFreed', data: { userId: 'ann', conversationId: 'c.1' } };

const toDosAfter = (...events: RoomEvent[]) => react(recordEvents(events).reduce(evolve, initial));

describe('when an agent has room then route what waits', () => {
  it('ASG-7: looks at what waits when an agent comes online, and when a place becomes free', () => {
    expect(toDosAfter(online)).toEqual([{ id: 'route what waits 10', name: 'route-what-waits', position: 10 }]);
    expect(toDosAfter(freed)).toEqual([{ id: 'route what waits 10', name: 'route-what-waits', position: 10 }]);
  });

  it('ASG-7: looks once, from the last of several', () => {
    expect(toDosAfter(online, freed, freed)).toEqual([
      { id: 'route what waits 30', name: 'route-what-waits', position: 30 },
    ]);
  });

  it('ASG-7: does not look for somebody who has gone meanwhile', () => {
    expect(toDosAfter(online, freed, offline)).toEqual([]);
  });
});
