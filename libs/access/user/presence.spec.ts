import { describe, expect, it } from '@jest/globals';
import { scenariosOf } from '#event-sourcing-testing';
import fc from 'fast-check';
import { userDecider } from './decide.js';
import type { UserEvent } from './events.js';
import { be, deactivated, header, hold, registered, reserve, userId } from './user.fixtures.js';

const { given } = scenariosOf(userDecider);

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
