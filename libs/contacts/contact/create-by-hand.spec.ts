import { beforeEach, describe, expect, it } from '@jest/globals';
import { attributeDirectory } from '#attributes/attributes';
import type { Channel } from '#channels/channel';
import { createCatalogue, createCommandRunner } from '#event-sourcing';
import type { CommandRunner, Origin } from '#event-sourcing';
import { createInMemoryEventStore, createTestIds, fixedClock } from '#event-sourcing-testing';
import { identityEvents, identityKey, ownerOf } from '../identity/index.js';
import { header } from './contact.fixtures.js';
import { createByHand } from './create-by-hand.js';
import type { Creation, NewContact } from './create-by-hand.js';
import { contactEvents } from './events.js';
import { contactFacts } from './contact-facts.js';

const whatsapp: Channel = {
  channelId: 'c1',
  medium: 'whatsapp',
  name: 'Support',
  idScope: 'platform',
  enabled: true,
  secrets: {},
};
const ids = createTestIds();
const catalogue = createCatalogue([contactEvents, identityEvents]);
let runner: CommandRunner;

beforeEach(() => {
  const store = createInMemoryEventStore({ catalogue, clock: fixedClock() });
  runner = createCommandRunner({ store, catalogue, ids, clock: fixedClock() });
});

const number = (externalUserId: string): NewContact['identities'][number] => ({
  medium: 'whatsapp',
  idScope: undefined,
  externalUserId,
});
const keyOf = (externalUserId: string): string =>
  identityKey(ids, { medium: 'whatsapp', idScope: 'platform', externalUserId });

function create(commandId: string, contact: Partial<NewContact>): Promise<Creation> {
  const origin: Origin = { header: { ...header, commandId }, options: {} };
  return createByHand({ identities: [], name: undefined, attributes: [], ...contact }, origin, {
    runner,
    ids,
    users: { users: new Map(), teams: new Map() },
    channels: new Map([['c1', whatsapp]]),
    catalogue: attributeDirectory.initial,
  });
}

async function owner(externalUserId: string): Promise<string | undefined> {
  return (await ownerOf(runner, keyOf(externalUserId), { fresh: true })).ownerId;
}

const idOf = (commandId: string): string => ids.derivedUuid('contact', commandId);

describe('a contact made by hand', () => {
  it('CON-1: claims its identities and keeps its name', async () => {
    const result = await create('1', { identities: [number('+31 612345678')], name: 'Ada' });
    expect(result).toMatchObject({ accepted: true, repeated: false });
    expect(await owner('31612345678')).toBe(idOf('1'));
    expect(await contactFacts(runner, idOf('1'), { fresh: true })).toMatchObject({
      phase: 'known',
      hint: 'A••••',
      channelIds: [],
      identities: [{ externalUserId: '31612345678', idScope: 'platform' }],
    });
  });

  it('CON-1: is the same contact when the request comes again', async () => {
    const contact = { identities: [number('31612345678')], name: 'Ada' };
    const first = await create('1', contact);
    expect(await create('1', contact)).toStrictEqual({ ...first, repeated: true });
  });

  it('CON-2: is refused when another contact owns one of the identities, and leaves the others free', async () => {
    await create('1', { identities: [number('31600000001')] });
    const refused = await create('2', { identities: [number('31600000001'), number('31600000002')] });
    expect(refused).toMatchObject({ accepted: false, refusal: { code: 'identity-owned', contactId: idOf('1') } });
    expect(await owner('31600000002')).toBeUndefined();
    expect(await contactFacts(runner, idOf('2'), { fresh: true })).toMatchObject({ phase: 'unknown' });
  });

  it('CON-2: gets all of its identities or none when two are made at once', async () => {
    const identities = ['31600000001', '31600000002', '31600000003'].map(number);
    const results = await Promise.all([
      create('1', { identities }),
      create('2', { identities: identities.toReversed() }),
    ]);
    expect(results.filter(({ accepted }) => accepted)).toHaveLength(1);
    const owners = await Promise.all(['31600000001', '31600000002', '31600000003'].map(owner));
    expect(new Set(owners)).toStrictEqual(new Set([results[0].accepted ? idOf('1') : idOf('2')]));
  });

  it('ATT-1: is refused with a value that cannot be set, and claims nothing', async () => {
    const attributes = [{ alias: 'waId', value: '1' }];
    expect(await create('1', { identities: [number('31612345678')], attributes })).toMatchObject({
      accepted: false,
      refusal: { code: 'platform-attribute', alias: 'waId' },
    });
    expect(await owner('31612345678')).toBeUndefined();
  });

  it('ASG-6: is refused on a channel that its maker has no access to', async () => {
    expect(await create('1', { identities: [{ channelId: 'c1', externalUserId: '1' }] })).toMatchObject({
      refusal: { code: 'unknown-channel', channelId: 'c1' },
    });
  });

  it('CON-2: is refused when nothing tells where an id is unique', async () => {
    const identities = [{ medium: 'webchat', idScope: undefined, externalUserId: 'v1' } as const];
    expect(await create('1', { identities })).toMatchObject({
      refusal: { code: 'id-scope-needed', medium: 'webchat' },
    });
  });
});
