import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contactsEvents } from '#contacts';
import { claimIdentity, identityKey } from '#contacts/identity';
import { createCatalogue, createCommandRunner, kernelEvents } from '#event-sourcing';
import type { EventStore, RecordedEvent } from '#event-sourcing';
import { collect, createInMemoryEventStore, createTestIds, fixedClock, withFaults } from '#event-sourcing-testing';
import type { StoreCall } from '#event-sourcing-testing';
import type { ConversationPorts } from '../chain/index.js';
import { openByHand } from '../conversation/open-by-hand.js';
import { touch } from '../conversation/touch.js';
import { conversationsEvents } from '../index.js';
import { message, originOf, processWith } from './inbound.fixtures.js';
import type { InboundMessage } from './delivery.js';
import { receiveInbound } from './receive.js';
import type { InboundResult } from './receive.js';

const catalogue = createCatalogue([kernelEvents, contactsEvents, conversationsEvents]);
const clock = fixedClock();
const ids = createTestIds('store');

let store: EventStore;
let appends: number;

beforeEach(() => {
  store = createInMemoryEventStore({ catalogue, clock });
  appends = 0;
});

/** A process of its own: own caches, own queues, the same store. */
function startProcess(on: EventStore = store): ConversationPorts {
  const counted: EventStore = {
    ...on,
    append: (...args) => {
      appends++;
      return on.append(...args);
    },
  };
  return processWith(createCommandRunner({ store: counted, catalogue, ids, clock }), ids);
}

const deliver = (process: ConversationPorts, inbound: InboundMessage): Promise<InboundResult> =>
  receiveInbound(process, originOf(`inbound ${inbound.channelId} ${inbound.externalMessageId}`), inbound);

async function received(
  process: ConversationPorts,
  inbound: InboundMessage,
): Promise<Extract<InboundResult, { kind: 'received' }>> {
  const result = await deliver(process, inbound);
  if (!('kind' in result) || result.kind !== 'received') throw new Error(JSON.stringify(result));
  return result;
}

async function close(process: ConversationPorts, conversationId: string): Promise<void> {
  const origin = originOf(`close ${conversationId}`, { actor: 'ann' });
  const result = await touch(process, origin, conversationId, ({ access }) => {
    const rules = { mode: 'optional', categoryIds: new Set<string>() } as const;
    return { ...origin.header, type: 'Close', access, rules };
  });
  expect(result.accepted).toBe(true);
}

const all = (): Promise<RecordedEvent[]> => collect(store.readAll());
const typesIn = async (): Promise<string[]> => (await all()).map(({ type }) => type);
const count = async (type: string): Promise<number> => (await typesIn()).filter((one) => one === type).length;

describe('the inbound path', () => {
  it('CON-1: the first message makes the claim, the contact and an open conversation', async () => {
    const result = await received(startProcess(), message('m1'));
    expect(result).toMatchObject({ created: true, conversationId: `${result.contactId}.1` });
    expect(await typesIn()).toStrictEqual([
      'IdentityClaimed',
      'ContactCreated',
      'IdentityAttached',
      'ContactSeenOnChannel',
      'ProfileNameChanged',
      'ConversationOpened',
      'MessageReceived',
    ]);
  });

  it('answers a position at which everything is settled', async () => {
    const result = await received(startProcess(), message('m1'));
    expect(result.position).toBe((await all()).at(-1)?.position);
  });

  it('decision 3: a known contact’s message costs one append and no read', async () => {
    const process = startProcess(
      withFaults(store, ({ method }) => {
        reads += method === 'readStream' ? 1 : 0;
        return undefined;
      }),
    );
    let reads = 0;
    await received(process, message('m1'));
    [appends, reads] = [0, 0];
    await received(process, message('m2'));
    expect({ appends, reads }).toStrictEqual({ appends: 1, reads: 0 });
  });

  it('CON-2: 64 first messages at once on two processes make one contact, one conversation, 64 messages', async () => {
    const processes = [startProcess(), startProcess()];
    const results = await Promise.all(
      Array.from({ length: 64 }, (_, n) => received(processes[n % 2] ?? startProcess(), message(`m${n}`))),
    );
    expect(new Set(results.map(({ conversationId }) => conversationId)).size).toBe(1);
    expect(results.every(({ created }) => created)).toBe(true);
    expect(new Set(results.map(({ messageId }) => messageId)).size).toBe(64);
    expect(await count('ContactCreated')).toBe(1);
    expect(await count('ConversationOpened')).toBe(1);
    expect(await count('MessageReceived')).toBe(64);
  });

  it('P3: they cost at most 1.2 appends each on one process, failed ones included', async () => {
    const process = startProcess();
    await Promise.all(Array.from({ length: 64 }, (_, n) => received(process, message(`m${n}`))));
    expect(appends / 64).toBeLessThanOrEqual(1.2);
    expect(await count('MessageReceived')).toBe(64);
  });

  it('CON-2: delivered five times at once on two processes, and again after the close, it is one message', async () => {
    const [one, two] = [startProcess(), startProcess()];
    const first = await Promise.all([one, two, one, two, one].map((process) => received(process, message('m1'))));
    expect(first.filter(({ created }) => created)).toHaveLength(1);
    const [{ contactId, conversationId, messageId }] = first as [(typeof first)[0]];
    await close(two, conversationId);
    for (const process of [one, two, startProcess()]) {
      const again = await received(process, message('m1'));
      expect(again).toMatchObject({ created: false, contactId, conversationId, messageId });
    }
    expect(await count('MessageReceived')).toBe(1);
    expect(await count('ConversationOpened')).toBe(1);
  });

  it('CON-2: an old message is known again in a later conversation, under another command id and content', async () => {
    const process = startProcess();
    const { conversationId, messageId } = await received(process, message('m1'));
    await close(process, conversationId);
    await received(process, message('m2'));
    const other = { ...message('m1'), text: 'wrapped in another way' };
    expect(await receiveInbound(startProcess(), originOf('another id'), other)).toMatchObject({
      created: false,
      conversationId,
      messageId,
    });
    expect(await count('MessageReceived')).toBe(2);
  });

  it('CON-2: it is known when hundreds of others have come since, with and without a channel time', async () => {
    const process = startProcess();
    const timeless = (id: string): InboundMessage => ({ ...message(id), sentAt: undefined });
    const first = await received(process, message('m-with'));
    await received(process, timeless('m-without'));
    for (let n = 0; n < 300; n++) await received(process, message(`a${n}`));
    await close(process, first.conversationId);
    const second = await received(process, message('b'));
    for (let n = 0; n < 400; n++) await received(process, message(`b${n}`));
    await close(process, second.conversationId);
    const third = await received(process, message('c'));
    expect(third.conversationId).toBe(`${first.contactId}.3`);
    for (const again of [message('m-with'), timeless('m-without'), message('a17')]) {
      for (const anyProcess of [process, startProcess()]) {
        const known = await received(anyProcess, again);
        expect(known).toMatchObject({ created: false, conversationId: first.conversationId });
      }
    }
    // What is newer than everything that was dropped needs no look back, and is new.
    const newer = await received(process, message('d', { sentAt: '2026-03-02T11:00:00.000Z' }));
    expect(newer).toMatchObject({ created: true, conversationId: third.conversationId });
  });

  it('CNV-10: after the close the next message opens the next one', async () => {
    const process = startProcess();
    const { contactId, conversationId } = await received(process, message('m1'));
    await close(process, conversationId);
    expect(await received(startProcess(), message('m2'))).toMatchObject({
      created: true,
      conversationId: `${contactId}.2`,
    });
    expect(await received(process, message('m3'))).toMatchObject({ created: true, conversationId: `${contactId}.2` });
  });

  it('CNV-1: the identity is the same on every channel of its scope, and another one elsewhere', async () => {
    const process = startProcess();
    const onShop = await received(process, message('m1'));
    const onDesk = await received(process, message('m1', { channelId: 'desk' }));
    const elsewhere = await received(process, message('m1', { channelId: 'other' }));
    expect(onDesk).toMatchObject({ created: true, conversationId: onShop.conversationId });
    expect(elsewhere.contactId).not.toBe(onShop.contactId);
  });

  it('CNV-2: a welcome event opens a conversation, once', async () => {
    const process = startProcess();
    const welcome = message('w1', { type: 'welcome', text: '' });
    const first = await received(process, welcome);
    expect(await received(process, welcome)).toMatchObject({ created: false, conversationId: first.conversationId });
    await close(process, first.conversationId);
    expect(await received(startProcess(), welcome)).toMatchObject({
      created: false,
      conversationId: first.conversationId,
    });
    expect(await count('ConversationOpened')).toBe(1);
  });

  it('refuses what an unknown or a disabled channel delivers', async () => {
    const process = startProcess();
    expect(await deliver(process, message('m1', { channelId: 'none' }))).toStrictEqual({
      accepted: false,
      refusal: { code: 'not-found' },
    });
    expect(await deliver(process, message('m1', { channelId: 'off' }))).toStrictEqual({
      accepted: false,
      refusal: { code: 'channel-disabled', channelId: 'off' },
    });
    expect(await all()).toStrictEqual([]);
  });

  it('DEL-5: a claim that outlived its contact is released, and the person is a new contact', async () => {
    const process = startProcess();
    const claim = { medium: 'custom', idScope: 'shop', externalUserId: 'jane', contactId: 'gone' } as const;
    const key = identityKey(ids, claim);
    await claimIdentity(process.runner, originOf('crashed').header, { ...claim, identityKey: key });
    await store.tombstone('contact-gone', 'any');
    const later = message('m1', { sentAt: undefined });
    const { contactId, created } = await received(process, later);
    expect({ created, isNew: contactId !== 'gone' }).toStrictEqual({ created: true, isNew: true });
    const claims = await collect(store.readStream(`identity-${key}`));
    expect(claims.map(({ type }) => type)).toStrictEqual(['IdentityClaimed', 'IdentityReleased', 'IdentityClaimed']);
  });

  it('R4: an error at any call of the store loses no message and doubles none', async () => {
    const calls = await callsOf((process) => received(process, message('m1')));
    for (const fault of ['error-before', 'error-after'] as const) {
      for (let number = 0; number < calls; number++) {
        store = createInMemoryEventStore({ catalogue, clock });
        const faulty = startProcess(withFaults(store, (call) => (call.number === number ? fault : undefined)));
        await deliver(faulty, message('m1')).catch(() => undefined);
        const { contactId } = await received(faulty, message('m1'));
        expect(await received(startProcess(), message('m2'))).toMatchObject({ contactId, created: true });
        expect(await typesIn()).toHaveLength(8);
        expect(await count('MessageReceived')).toBe(2);
      }
    }
  });

  it('R3, CNV-1: any mix of deliveries, closings and openings leaves each message once and at most one open conversation', async () => {
    const step = fc.record({
      kind: fc.constantFrom('deliver', 'deliver', 'deliver', 'close', 'open'),
      process: fc.nat(1),
      id: fc.constantFrom('m1', 'm2', 'm3', 'm4', 'm5'),
    });
    const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(rounds, fc.integer(), async (steps, seed) => {
        store = createInMemoryEventStore({ catalogue, clock });
        const delays = (call: StoreCall): 'delay' | undefined =>
          (call.number * 7 + seed) % 3 === 0 ? 'delay' : undefined;
        const processes = [startProcess(withFaults(store, delays)), startProcess(withFaults(store, delays))] as const;
        const { contactId } = await received(processes[0], message('m0'));
        const delivered = new Set(['m0']);
        const places = new Map<string, string>();
        for (const [round, together] of steps.entries()) {
          await Promise.all(
            together.map(async ({ kind, process, id }, index) => {
              const ports = processes[process] ?? processes[0];
              const origin = originOf(`${round} ${index}`, { actor: 'ann' });
              if (kind === 'open') return openByHand(ports, origin, { contactId, channelId: 'shop' });
              if (kind === 'deliver') {
                delivered.add(id);
                const { conversationId } = await received(ports, message(id));
                expect(places.get(id) ?? conversationId).toBe(conversationId);
                places.set(id, conversationId);
                return;
              }
              const head = await ports.chains.head(contactId, { fresh: true });
              if (head.kind !== 'conversation') throw new Error(head.kind);
              const rules = { mode: 'optional', categoryIds: new Set<string>() } as const;
              return touch(ports, origin, head.conversation.conversationId, ({ access }) => {
                return { ...origin.header, type: 'Close', access, rules };
              });
            }),
          );
        }
        const events = await all();
        const texts = events
          .filter(({ type }) => type === 'MessageReceived')
          .map(({ data }) => (data as { text: string }).text);
        expect(texts.toSorted()).toStrictEqual([...delivered].map((id) => `text of ${id}`).toSorted());
        let open = 0;
        for (const { type } of events) {
          open += type === 'ConversationOpened' ? 1 : type === 'ConversationClosed' ? -1 : 0;
          expect(open === 0 || open === 1).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

async function callsOf(work: (process: ConversationPorts) => Promise<unknown>): Promise<number> {
  let calls = 0;
  const counting = withFaults(createInMemoryEventStore({ catalogue, clock }), () => {
    calls++;
    return undefined;
  });
  await work(startProcess(counting));
  return calls;
}
