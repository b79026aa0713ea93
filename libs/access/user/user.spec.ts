import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { scenariosOf, testDeciderProperties, testGoldenEvents } from '#event-sourcing-testing';
import type { UserCommand } from './commands.js';
import { userDecider } from './decide.js';
import { userEvents, userRoles } from './events.js';
import {
  be,
  deactivated,
  grant,
  grantAll,
  header,
  hold,
  registered,
  replace,
  reserve,
  revoke,
  userId,
} from './user.fixtures.js';

const { given } = scenariosOf(userDecider);
const register = { ...header, type: 'RegisterUser', userId, name: 'Ann', role: 'agent' } as const;

const create = { ...register, type: 'CreateUser' } as const;

const change = ({ name, active }: { name?: string; active?: boolean }): UserCommand => ({
  ...header,
  type: 'ChangeUser',
  name,
  active,
});

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
