import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  commandHeader,
  createInMemoryEventStore,
  createTestIds,
  fixedClock,
  scenariosOf,
  testDeciderProperties,
  testGoldenEvents,
} from '#event-sourcing-testing';
import { createCatalogue, createCommandRunner } from '#event-sourcing';
import type { CommandRunner } from '#event-sourcing';
import type { IdentityCommand } from './commands.js';
import { identityDecider } from './decide.js';
import { identityEvents } from './events.js';
import type { IdentityEvent } from './events.js';
import { identityKey, normaliseIdentity } from './key.js';
import { claimIdentity, isLateRedelivery, ownerOf, releaseIdentity, withdrawClaim } from './ownership.js';

const { given } = scenariosOf(identityDecider);
const header = commandHeader({ actor: { id: 'c1', role: 'contact' } });
const identity = { identityKey: 'k1', medium: 'whatsapp', idScope: 'platform', externalUserId: '31612345678' } as const;

const claim = (contactId: string): IdentityCommand => ({ ...header, type: 'ClaimIdentity', contactId, ...identity });
const withdraw = (contactId: string): IdentityCommand => ({
  ...header,
  type: 'WithdrawClaim',
  contactId,
  identityKey: 'k1',
});
const release = (contactId: string, recentMessages: readonly string[] = []): IdentityCommand => ({
  ...header,
  type: 'ReleaseIdentity',
  contactId,
  identityKey: 'k1',
  recentMessages,
});
const claimed = (contactId: string): IdentityEvent => ({ type: 'IdentityClaimed', data: { contactId, ...identity } });
const withdrawn = (contactId: string): IdentityEvent => ({
  type: 'IdentityClaimWithdrawn',
  data: { contactId, identityKey: 'k1' },
});
const released = (recentMessages: readonly string[] = []): IdentityEvent => ({
  type: 'IdentityReleased',
  data: { identityKey: 'k1', releasedAt: header.at, recentMessages },
});

describe('an identity that nobody owns', () => {
  it('CON-2: goes to who claims it', () => {
    given([])
      .when(claim('ada'))
      .then([claimed('ada')]);
  });

  it('CON-2: goes to somebody else after a claim was withdrawn', () => {
    given([claimed('ada'), withdrawn('ada')])
      .when(claim('bo'))
      .then([claimed('bo')]);
  });

  it('DEL-5: goes to a new contact after its owner was erased', () => {
    given([claimed('ada'), released()])
      .when(claim('bo'))
      .then([claimed('bo')]);
  });

  it('DEL-6: has nothing to release or withdraw', () => {
    given([]).when(release('ada')).then([]);
    given([]).when(withdraw('ada')).then([]);
  });
});

describe('an identity with an owner', () => {
  it('CON-2: is refused to everybody else, who learn the owner', () => {
    given([claimed('ada')])
      .when(claim('bo'))
      .then({ code: 'identity-owned', contactId: 'ada' });
  });

  it('CON-2: stays with the owner who claims it again', () => {
    given([claimed('ada')])
      .when(claim('ada'))
      .then([]);
  });

  it('CON-2: is withdrawn or released only by its owner', () => {
    given([claimed('ada')])
      .when(withdraw('ada'))
      .then([withdrawn('ada')]);
    given([claimed('ada')])
      .when(withdraw('bo'))
      .then([]);
    given([claimed('ada')])
      .when(release('bo'))
      .then([]);
  });

  it('DEL-5: is released with its time and the hashes of recent messages, naming no contact', () => {
    given([claimed('ada')])
      .when(release('ada', ['m1', 'm2']))
      .then([released(['m1', 'm2'])]);
  });
});

describe('the key of an identity', () => {
  const ids = createTestIds();

  it('CON-2: is the same however a number or an address is written', () => {
    const key = (externalUserId: string): string => identityKey(ids, { ...identity, externalUserId });
    expect(key('+31 6 1234-5678')).toBe(key('31612345678'));
    const mail = { medium: 'email', idScope: 'platform' } as const;
    expect(normaliseIdentity({ ...mail, externalUserId: ' Ada@Example.com ' })).toStrictEqual({
      ...mail,
      externalUserId: 'ada@example.com',
    });
  });

  it('CON-2: differs by medium, scope and id, wherever the parts are cut', () => {
    const keys = [
      { medium: 'custom', idScope: 'a', externalUserId: 'bc' },
      { medium: 'custom', idScope: 'ab', externalUserId: 'c' },
      { medium: 'webchat', idScope: 'a', externalUserId: 'bc' },
      { medium: 'custom', idScope: 'a', externalUserId: 'BC' },
    ] as const;
    expect(new Set(keys.map((one) => identityKey(ids, one))).size).toBe(4);
  });
});

describe('a message after a release', () => {
  const known = { releasedAt: '2026-11-21T09:30:00.000Z', recentMessages: ['m1'] };
  const message = { hash: 'm2', sentAt: undefined, at: '2026-11-22T09:30:00.000Z' };

  it('DEL-5: is late when the channel says that it was sent before', () => {
    expect(isLateRedelivery(known, { ...message, sentAt: '2026-11-21T09:29:59.999Z' })).toBe(true);
    expect(isLateRedelivery(known, { ...message, sentAt: '2026-11-21T09:30:00.000Z' })).toBe(false);
  });

  it('DEL-5: is late when the release knows it, for 30 days', () => {
    expect(isLateRedelivery(known, { ...message, hash: 'm1' })).toBe(true);
    expect(isLateRedelivery(known, { ...message, hash: 'm1', at: '2026-12-21T09:30:00.000Z' })).toBe(true);
    expect(isLateRedelivery(known, { ...message, hash: 'm1', at: '2026-12-21T09:30:00.001Z' })).toBe(false);
  });

  it('DEL-5: is new otherwise', () => {
    expect(isLateRedelivery(known, message)).toBe(false);
    expect(isLateRedelivery(undefined, { ...message, sentAt: '2020-01-01T00:00:00.000Z' })).toBe(false);
  });
});

describe('claims at the same time', () => {
  it('CON-2: 64 claims on two processes have one winner, whom all others learn', async () => {
    const catalogue = createCatalogue([identityEvents]);
    const store = createInMemoryEventStore({ catalogue, clock: fixedClock() });
    const process = (name: string): CommandRunner =>
      createCommandRunner({ store, catalogue, ids: createTestIds(name), clock: fixedClock() });
    const runners = [process('one'), process('two')] as const;
    const owners = await Promise.all(
      Array.from({ length: 64 }, async (_, index) => {
        const contactId = `contact-${index}`;
        const runner = runners[index % 2 === 0 ? 0 : 1];
        const step = { ...header, commandId: `claim-${index}`, commandHash: `hash-${index}` };
        const result = await claimIdentity(runner, step, { ...identity, contactId });
        return result.accepted ? contactId : result.refusal.contactId;
      }),
    );
    expect(new Set(owners).size).toBe(1);
    const [winner] = owners;
    const ownership = await ownerOf(runners[1], 'k1', { fresh: true });
    expect(ownership).toStrictEqual({
      ownerId: winner,
      subjectId: winner,
      earlierOwnerIds: [],
      release: undefined,
      revision: 0,
      position: ownership.position,
    });
  });

  it('DEL-5: the release stays known while somebody owns the identity again', async () => {
    const catalogue = createCatalogue([identityEvents]);
    const store = createInMemoryEventStore({ catalogue, clock: fixedClock() });
    const runner = createCommandRunner({ store, catalogue, ids: createTestIds(), clock: fixedClock() });
    const step = (commandId: string) => ({ ...header, commandId });
    await claimIdentity(runner, step('1'), { ...identity, contactId: 'ada' });
    await releaseIdentity(runner, step('2'), { contactId: 'ada', identityKey: 'k1', recentMessages: ['m1'] });
    await claimIdentity(runner, step('3'), { ...identity, contactId: 'bo' });
    const release = { releasedAt: header.at, recentMessages: ['m1'] };
    const owned = await ownerOf(runner, 'k1', { fresh: false });
    expect(owned).toStrictEqual({
      ownerId: 'bo',
      subjectId: 'bo',
      earlierOwnerIds: [],
      release,
      revision: 2,
      position: owned.position,
    });
    await withdrawClaim(runner, step('4'), { contactId: 'bo', identityKey: 'k1' });
    const free = await ownerOf(runner, 'k1', { fresh: true });
    expect(free).toStrictEqual({
      ownerId: undefined,
      subjectId: undefined,
      earlierOwnerIds: [],
      release,
      revision: 3,
      position: free.position,
    });
  });
});

describe('every identity command and event', () => {
  const contactId = fc.constantFrom('a', 'b', 'c');
  const commands: fc.Arbitrary<IdentityCommand> = fc.oneof(
    contactId.map(claim),
    contactId.map(withdraw),
    contactId.map((id) => release(id, ['m1'])),
  );
  testDeciderProperties({ decider: identityDecider, definitions: identityEvents.definitions, commands });
  testGoldenEvents(import.meta.dirname, identityEvents.definitions);
});
