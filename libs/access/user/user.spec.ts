import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { recordEvents, scenariosOf, testDeciderProperties, testGoldenEvents } from '#event-sourcing-testing';
import type { UserCommand } from './commands.js';
import { userDecider } from './decide.js';
import type { TeamEvent } from '../team/events.js';
import { accessDirectory } from './directory.js';
import type { AccessDirectory } from './directory.js';
import { userEvents, userRoles } from './events.js';
import type { UserEvent } from './events.js';
import { assigneeAccessOf, channelAccessOf, reaches, teamIdsOf, viewerOf } from './viewer.js';

const { given } = scenariosOf(userDecider);
const header = {
  commandId: 'command-1',
  commandHash: 'hash-1',
  correlationId: 'request-1',
  causationId: 'command-1',
  actor: { id: 'grace', role: 'admin' },
  at: '2026-11-21T09:30:00.000Z',
} as const;
const userId = 'ann';
const knownChannels = new Set(['c1', 'c2', 'c3']);

const registered: UserEvent = { type: 'UserRegistered', data: { userId, name: 'Ann', role: 'agent' } };
const granted = (channelId: string): UserEvent => ({ type: 'ChannelAccessGranted', data: { userId, channelId } });
const revoked = (channelId: string): UserEvent => ({ type: 'ChannelAccessRevoked', data: { userId, channelId } });
const allGranted: UserEvent = { type: 'AllChannelAccessGranted', data: { userId } };

const deactivated: UserEvent = { type: 'UserDeactivated', data: { userId } };

const register = { ...header, type: 'RegisterUser', userId, name: 'Ann', role: 'agent' } as const;
const grant = (channelId: string): UserCommand => ({
  ...header,
  type: 'GrantChannelAccess',
  userId,
  channelId,
  knownChannels,
});
const revoke = (channelId: string): UserCommand => ({ ...header, type: 'RevokeChannelAccess', userId, channelId });
const replace = (...channelIds: string[]): UserCommand => ({
  ...header,
  type: 'ReplaceChannelAccess',
  userId,
  channelIds,
  knownChannels,
});
const create = { ...register, type: 'CreateUser' } as const;
const change = ({ name, active }: { name?: string; active?: boolean }): UserCommand => ({
  ...header,
  type: 'ChangeUser',
  name,
  active,
});
const be = (presence: 'online' | 'away' | 'offline'): UserCommand => ({ ...header, type: 'SetPresence', presence });
const reserve = (
  conversationId: string,
  terms: { readonly limit?: number; readonly atMost?: number; readonly onlyOnline?: boolean },
): UserCommand => {
  const { limit = null, atMost = null, onlyOnline = false } = terms;
  return { ...header, type: 'ReservePlace', conversationId, limit, atMost, onlyOnline };
};
const hold = (type: 'TakePlace' | 'FreePlace', conversationId: string): UserCommand => ({
  ...header,
  type,
  conversationId,
});
const grantAll = { ...header, type: 'GrantAllChannelAccess', userId } as const;

describe('who comes with a token', () => {
  it('ASG-6: becomes a user without access', () => {
    given([]).when(register).then([registered]);
  });

  it('ASG-6: is not registered again', () => {
    given([registered]).when(register).then([]);
  });

  it('ASG-6: takes the name and role of the newer token', () => {
    given([registered])
      .when({ ...register, name: 'Ann B.', role: 'admin' })
      .then([
        { type: 'UserRenamed', data: { userId, name: 'Ann B.' } },
        { type: 'UserRoleChanged', data: { userId, role: 'admin' } },
      ]);
  });
});

describe('a user in the hands of an admin', () => {
  it('ASG-6: can be made known before they come', () => {
    given([]).when(create).then([registered]);
    given([registered]).when(create).then({ code: 'user-exists', userId });
  });

  it('ASG-6: is renamed, deactivated and reactivated', () => {
    given([registered])
      .when(change({ name: 'Anne', active: false }))
      .then([{ type: 'UserRenamed', data: { userId, name: 'Anne' } }, deactivated]);
    given([registered, deactivated])
      .when(change({ active: true }))
      .then([{ type: 'UserReactivated', data: { userId } }]);
    given([registered])
      .when(change({ name: 'Ann', active: true }))
      .then([]);
    given([])
      .when(change({ active: false }))
      .then({ code: 'not-found' });
  });
});

describe('presence', () => {
  const online: UserEvent = { type: 'AgentCameOnline', data: { userId } };
  const away: UserEvent = { type: 'AgentWentAway', data: { userId } };
  const offline = (cause: 'call' | 'silence', lastSeenAt: string): UserEvent => ({
    type: 'AgentWentOffline',
    data: { userId, cause, lastSeenAt },
  });

  it('ASG-5: changes are events, and nothing else is', () => {
    given([registered]).when(be('online')).then([online]);
    given([registered, online]).when(be('online')).then([]);
    given([registered, online]).when(be('away')).then([away]);
    given([registered, online, away])
      .when(be('offline'))
      .then([offline('call', header.at)]);
    given([registered, offline('call', header.at)])
      .when(be('offline'))
      .then([]);
    given([registered, offline('silence', header.at)])
      .when(be('online'))
      .then([online]);
  });

  it('ASG-3: who is silent for too long is taken for offline, since the last sign of life', () => {
    const silent = { ...header, type: 'TakeForOffline', lastSeenAt: '2026-11-21T09:28:00.000Z' } as const;
    given([registered, away])
      .when(silent)
      .then([offline('silence', '2026-11-21T09:28:00.000Z')]);
    given([registered, away, offline('call', header.at)])
      .when(silent)
      .then([]);
  });

  it('ASG-3: a sign of life brings back who was taken for offline, and nobody who said so themselves', () => {
    const life = { ...header, type: 'ShowLife' } as const;
    given([registered]).when(life).then([online]);
    given([registered, online, offline('silence', header.at)])
      .when(life)
      .then([online]);
    for (const said of [away, offline('call', header.at)]) {
      given([registered, said]).when(life).then([]);
    }
    given([registered, deactivated]).when(life).then({ code: 'not-found' });
  });

  it('ASG-5: who has left has none', () => {
    given([registered, deactivated]).when(be('online')).then({ code: 'not-found' });
  });
});

describe('places', () => {
  const online: UserEvent = { type: 'AgentCameOnline', data: { userId } };
  const placed = (type: 'PlaceReserved' | 'PlaceTaken' | 'PlaceFreed', conversationId: string): UserEvent => ({
    type,
    data: { userId, conversationId },
  });
  const at = [registered, online] as const;

  it('ASG-7: are reserved up to the limit, each conversation counted once', () => {
    given([...at])
      .when(reserve('k.1', { limit: 1 }))
      .then([placed('PlaceReserved', 'k.1')]);
    given([...at, placed('PlaceReserved', 'k.1')])
      .when(reserve('k.1', { limit: 1 }))
      .then([]);
    given([...at, placed('PlaceReserved', 'k.1')])
      .when(reserve('k.2', { limit: 1 }))
      .then({ code: 'no-place-free', userId });
    given([...at, placed('PlaceReserved', 'k.1'), placed('PlaceFreed', 'k.1')])
      .when(reserve('k.2', { limit: 1 }))
      .then([placed('PlaceReserved', 'k.2')]);
  });

  it('ASG-5: the limit keeps nobody from taking more by hand, and what they took counts', () => {
    given([...at, placed('PlaceReserved', 'k.1')])
      .when(hold('TakePlace', 'k.2'))
      .then([placed('PlaceTaken', 'k.2')]);
    given([...at, placed('PlaceTaken', 'k.1')])
      .when(hold('TakePlace', 'k.1'))
      .then([]);
    given([...at, placed('PlaceTaken', 'k.1')])
      .when(reserve('k.2', { limit: 1 }))
      .then({ code: 'no-place-free', userId });
    given([...at])
      .when(hold('FreePlace', 'k.1'))
      .then([]);
  });

  it('ASG-7: one of a team is given something only while online, and nobody who has left', () => {
    given([registered])
      .when(reserve('k.1', { onlyOnline: true }))
      .then({ code: 'not-at-work', userId });
    given([registered])
      .when(reserve('k.1', {}))
      .then([placed('PlaceReserved', 'k.1')]);
    given([...at, deactivated])
      .when(reserve('k.1', {}))
      .then({ code: 'not-at-work', userId });
  });

  it('ASG-7: who has more than was thought when they were chosen as the least busy says so', () => {
    given([...at, placed('PlaceTaken', 'k.1'), placed('PlaceTaken', 'k.2')])
      .when(reserve('k.3', { atMost: 1 }))
      .then({ code: 'busier-than-known', userId, open: 2 });
    given([...at, placed('PlaceTaken', 'k.1')])
      .when(reserve('k.3', { atMost: 1 }))
      .then([placed('PlaceReserved', 'k.3')]);
  });

  it('ASG-7: routing never gives more than the limit, whatever is taken and freed between', () => {
    const deed = fc.tuple(fc.constantFrom('reserve', 'free'), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (deeds, limit) => {
        let user = at.reduce(userDecider.evolve, userDecider.initial);
        for (const [what, number] of deeds) {
          const id = `k.${number}`;
          const decision = userDecider.decide(what === 'free' ? hold('FreePlace', id) : reserve(id, { limit }), user);
          if (!('code' in decision)) user = decision.reduce(userDecider.evolve, user);
          expect(user?.places.size).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });
});

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

describe('every user command and event', () => {
  const channelId = fc.constantFrom('c1', 'c2', 'c3', 'c4');
  const commands: fc.Arbitrary<UserCommand> = fc.oneof(
    fc
      .record({ name: fc.constantFrom('Ann', 'Bo'), role: fc.constantFrom(...userRoles) })
      .map((user) => ({ ...register, ...user })),
    channelId.map(grant),
    channelId.map(revoke),
    fc.array(channelId, { maxLength: 3 }).map((channelIds) => replace(...channelIds)),
    fc.constantFrom(grantAll, create),
    fc.boolean().map((active) => change({ active })),
    fc.constantFrom('online' as const, 'away' as const, 'offline' as const).map(be),
    fc
      .record({ limit: fc.constantFrom(1, 3), atMost: fc.constantFrom(0, 1), onlyOnline: fc.boolean() })
      .map((terms) => reserve('a', terms)),
    fc.constantFrom('a', 'b').map((id) => hold('TakePlace', id)),
    fc.constantFrom('a', 'b').map((id) => hold('FreePlace', id)),
    fc.constantFrom(
      { ...header, type: 'TakeForOffline', lastSeenAt: header.at } as const,
      { ...header, type: 'ShowLife' } as const,
    ),
  );
  testDeciderProperties({ decider: userDecider, definitions: userEvents.definitions, commands });
  testGoldenEvents(import.meta.dirname, userEvents.definitions);
});
