import { describe, expect, it } from '@jest/globals';
import type { AccessDirectory, User } from '#access/user';
import { recordEvents } from '#event-sourcing-testing';
import type { Settings } from '#settings/settings';
import { accessOf, couldTake, takersOf } from './takers.js';
import { evolve, initial, keyOf, react } from './todo.js';
import type { Occasion } from './todo.js';

const online: Occasion = { type: 'AgentCameOnline', data: { userId: 'ann' } };
const freed: Occasion = { type: 'PlaceFreed', data: { userId: 'ann', conversationId: 'c.1' } };
const joined: Occasion = { type: 'TeamMemberAdded', data: { teamId: 'desk', userId: 'ann' } };
const reached: Occasion = { type: 'TeamChannelAccessGranted', data: { teamId: 'desk', channelId: 'shop' } };
const rule: Occasion = { type: 'RoutingRuleAdded', data: { ruleId: 'r', when: {}, to: { userId: 'ann' } } };
const limit: Occasion = { type: 'AgentLimitSet', data: { maxOpen: 5 } };

const toDosAfter = (...events: Occasion[]) => react(recordEvents(events).reduce(evolve, initial));
const keysOf = (...events: Occasion[]) => recordEvents(events).map(keyOf);

const user: User = {
  userId: 'ann',
  name: 'Ann',
  role: 'agent',
  active: true,
  presence: 'online',
  allChannels: false,
  channels: new Set(['shop']),
  places: new Set(),
};
const desk = { teamId: 'desk', name: 'Desk', archived: false, lastTurn: null, channels: new Set(['mail']) };
const directory: AccessDirectory = {
  users: new Map([
    ['ann', user],
    ['bob', { ...user, userId: 'bob', presence: 'offline', places: new Set(['c.1', 'c.2']) }],
    ['eve', { ...user, userId: 'eve', role: 'admin' }],
  ]),
  teams: new Map([['desk', { ...desk, members: new Set(['ann', 'bob']) }]]),
};
const settings: Settings = {
  removeAssignmentWhenOffline: false,
  maxOpenPerAgent: null,
  waitingPointsPerMinute: 0,
  matchingAttribute: null,
  linkPlaceholders: [],
  deletionReasons: [],
};

describe('when somebody could take it then route what waits', () => {
  it('ASG-7: looks at what waits when an agent comes online, and when a place becomes free', () => {
    expect(toDosAfter(online)).toEqual([{ id: 'route what waits 10', name: 'route-what-waits', position: 10 }]);
    expect(toDosAfter(freed)).toEqual([{ id: 'route what waits 10', name: 'route-what-waits', position: 10 }]);
  });

  it('ASG-7: looks once, from the last of several', () => {
    expect(toDosAfter(online, freed, freed)).toEqual([
      { id: 'route what waits 30', name: 'route-what-waits', position: 30 },
    ]);
  });

  it('ASG-7: looks for whom it concerns: one agent, the members of a team, or everybody', () => {
    expect(keysOf(online, freed, joined, reached, rule, limit)).toEqual([
      'user ann',
      'user ann',
      'user ann',
      'team desk',
      'everybody',
      'everybody',
    ]);
    expect(takersOf(directory, 'user ann')).toEqual(new Set(['ann']));
    expect(takersOf(directory, 'team desk')).toEqual(new Set(['ann', 'bob']));
    expect(takersOf(directory, 'team gone')).toEqual(new Set());
    expect(takersOf(directory, 'everybody')).toBe('everybody');
  });

  it('ASG-6: looks at the channels that any of them has access to', () => {
    expect(accessOf(directory, new Set(['ann', 'nobody']))).toEqual(new Set(['shop', 'mail']));
    expect(accessOf(directory, new Set(['ann', 'eve']))).toBe('all');
    expect(accessOf(directory, 'everybody')).toBe('all');
  });

  it('ASG-7: a rule that names a user gives to them, if they have room and would keep it', () => {
    const to = { userId: 'bob' };
    const bob = new Set(['bob']);
    expect(couldTake(bob, to, { directory, settings })).toBe(true);
    expect(couldTake('everybody', to, { directory, settings })).toBe(true);
    expect(couldTake(new Set(['ann']), to, { directory, settings })).toBe(false);
    expect(couldTake(bob, to, { directory, settings: { ...settings, maxOpenPerAgent: 2 } })).toBe(false);
    expect(couldTake(bob, to, { directory, settings: { ...settings, removeAssignmentWhenOffline: true } })).toBe(false);
    expect(couldTake('everybody', { userId: 'nobody' }, { directory, settings })).toBe(false);
  });

  it('ASG-7: a rule that picks in a team gives to members who are online and have room', () => {
    const to = { teamId: 'desk', pick: 'leastBusy' } as const;
    expect(couldTake(new Set(['ann']), to, { directory, settings })).toBe(true);
    expect(couldTake(new Set(['bob']), to, { directory, settings })).toBe(false);
    expect(couldTake(new Set(['eve']), to, { directory, settings })).toBe(false);
    const archived = new Map([['desk', { ...desk, members: new Set(['ann']), archived: true }]]);
    expect(couldTake('everybody', to, { directory: { ...directory, teams: archived }, settings })).toBe(false);
  });

  it('ASG-7: a rule that names a team as a whole gives only when the rules are others', () => {
    const to = { teamId: 'desk' };
    expect(couldTake(new Set(['ann', 'bob']), to, { directory, settings })).toBe(false);
    expect(couldTake('everybody', to, { directory, settings })).toBe(true);
  });
});
