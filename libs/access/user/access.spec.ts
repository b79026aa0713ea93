import { describe, expect, it } from '@jest/globals';
import { recordEvents, scenariosOf } from '#event-sourcing-testing';
import type { TeamEvent } from '../team/events.js';
import { accessDirectory } from './directory.js';
import type { AccessDirectory } from './directory.js';
import { userRoles } from './events.js';
import type { UserEvent } from './events.js';
import { assigneeAccessOf, channelAccessOf, reaches, teamIdsOf, viewerOf } from './viewer.js';
import { deactivated, grant, grantAll, registered, replace, revoke, userId } from './user.fixtures.js';
import { userDecider } from './decide.js';

const { given } = scenariosOf(userDecider);
const granted = (channelId: string): UserEvent => ({ type: 'ChannelAccessGranted', data: { userId, channelId } });

const revoked = (channelId: string): UserEvent => ({ type: 'ChannelAccessRevoked', data: { userId, channelId } });

const allGranted: UserEvent = { type: 'AllChannelAccessGranted', data: { userId } };

describe('access to channels', () => {
  it('ASG-6: is granted once', () => {
    given([registered])
      .when(grant('c1'))
      .then([granted('c1')]);
    given([registered, granted('c1')])
      .when(grant('c1'))
      .then([]);
  });

  it('ASG-6: is refused to strangers and on channels that are not there', () => {
    given([]).when(grant('c1')).then({ code: 'not-found' });
    given([registered]).when(grant('c9')).then({ code: 'unknown-channel', channelId: 'c9' });
    given([registered]).when(replace('c1', 'c9')).then({ code: 'unknown-channel', channelId: 'c9' });
  });

  it('ASG-6: is taken away', () => {
    given([registered, granted('c1')])
      .when(revoke('c1'))
      .then([revoked('c1')]);
    given([registered]).when(revoke('c1')).then([]);
  });

  it('ASG-6: is replaced by exactly the channels that are named', () => {
    given([registered, granted('c1'), granted('c2')])
      .when(replace('c2', 'c3', 'c3'))
      .then([granted('c3'), revoked('c1')]);
  });

  it('ASG-6: to all channels ends when channels are named', () => {
    given([registered, allGranted])
      .when(replace('c1'))
      .then([{ type: 'AllChannelAccessRevoked', data: { userId } }, granted('c1')]);
  });

  it('ASG-6: to all channels cannot lose a single one', () => {
    given([registered, allGranted]).when(revoke('c1')).then({ code: 'access-to-all-channels' });
  });

  it('ASG-6: to all channels is granted once', () => {
    given([registered]).when(grantAll).then([allGranted]);
    given([registered, allGranted]).when(grantAll).then([]);
  });
});

describe('the directory', () => {
  const users = recordEvents([
    registered,
    granted('c1'),
    granted('c2'),
    revoked('c1'),
    { type: 'UserRegistered', data: { userId: 'bo', name: 'Bo', role: 'agent' } },
    { type: 'AllChannelAccessGranted', data: { userId: 'bo' } },
  ] satisfies UserEvent[]).reduce(accessDirectory.evolve, accessDirectory.initial);

  it('ASG-6: knows what each user has access to', () => {
    const common = { role: 'agent', active: true, presence: 'unseen', places: new Set() };
    expect(users).toStrictEqual({
      users: new Map([
        ['ann', { ...common, userId: 'ann', name: 'Ann', allChannels: false, channels: new Set(['c2']) }],
        ['bo', { ...common, userId: 'bo', name: 'Bo', allChannels: true, channels: new Set() }],
      ]),
      teams: new Map(),
    });
  });

  it('ASG-6: gives agents and analysts what they were granted, all others everything', () => {
    const access = userRoles.map((role) => [role, channelAccessOf(users, { id: 'ann', role })]);
    expect(access).toStrictEqual([
      ['admin', 'all'],
      ['agent', new Set(['c2'])],
      ['service', 'all'],
      ['analyst', new Set(['c2'])],
      ['auditor', 'all'],
    ]);
    expect(channelAccessOf(users, { id: 'bo', role: 'agent' })).toBe('all');
    expect(channelAccessOf(users, { id: 'stranger', role: 'agent' })).toStrictEqual(new Set());
  });

  it('ASG-6: looks through the eyes of one user', () => {
    const viewer = viewerOf(users, { userId: 'ann', role: 'agent' });
    expect(viewer).toStrictEqual({ userId: 'ann', role: 'agent', channels: new Set(['c2']) });
    expect(reaches(viewer.channels, ['c1', 'c2'])).toBe(true);
    expect(reaches(viewer.channels, ['c1'])).toBe(false);
    expect(reaches('all', [])).toBe(true);
  });
});

describe('the directory of teams', () => {
  const team = (teamId: string, ...channelIds: string[]): TeamEvent[] => [
    { type: 'TeamCreated', data: { teamId, name: teamId } },
    { type: 'TeamMemberAdded', data: { teamId, userId } },
    ...channelIds.map((channelId) => ({ type: 'TeamChannelAccessGranted', data: { teamId, channelId } }) as const),
  ];
  const directoryAfter = (...events: readonly (UserEvent | TeamEvent)[]): AccessDirectory =>
    recordEvents<UserEvent | TeamEvent>(events).reduce(accessDirectory.evolve, accessDirectory.initial);
  const begun = [registered, granted('c1'), ...team('t1', 'c2'), ...team('t2', 'c2', 'c3')];
  const ann = { id: userId, role: 'agent' } as const;

  it('ASG-6: adds the channels of each team to the member’s own', () => {
    const directory = directoryAfter(...begun);
    expect(channelAccessOf(directory, ann)).toStrictEqual(new Set(['c1', 'c2', 'c3']));
    expect(teamIdsOf(directory, userId)).toStrictEqual(['t1', 't2']);
    expect(teamIdsOf(directory, 'bob')).toStrictEqual([]);
  });

  it('ASG-6: takes them away when the team is archived, or the member or the channel is taken off it', () => {
    const archived = directoryAfter(...begun, { type: 'TeamArchived', data: { teamId: 't2' } });
    expect(channelAccessOf(archived, ann)).toStrictEqual(new Set(['c1', 'c2']));
    expect(teamIdsOf(archived, userId)).toStrictEqual(['t1']);
    const left = directoryAfter(...begun, { type: 'TeamMemberRemoved', data: { teamId: 't2', userId } });
    expect(channelAccessOf(left, ann)).toStrictEqual(new Set(['c1', 'c2']));
    const revokedFromTeam = { type: 'TeamChannelAccessRevoked', data: { teamId: 't2', channelId: 'c3' } } as const;
    expect(channelAccessOf(directoryAfter(...begun, revokedFromTeam), ann)).toStrictEqual(new Set(['c1', 'c2']));
  });

  it('ASG-2, ASG-6: gives nothing to who is deactivated, whatever the role', () => {
    const directory = directoryAfter(...begun, deactivated);
    for (const role of userRoles) expect(channelAccessOf(directory, { id: userId, role })).toStrictEqual(new Set());
    expect(assigneeAccessOf(directory, userId)).toBeUndefined();
    expect(assigneeAccessOf(directory, 'stranger')).toBeUndefined();
    expect(assigneeAccessOf(directoryAfter(...begun), userId)).toStrictEqual(new Set(['c1', 'c2', 'c3']));
  });
});
