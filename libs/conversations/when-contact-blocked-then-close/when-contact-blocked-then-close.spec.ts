import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contactsEvents } from '#contacts';
import { blockContact, contactStream } from '#contacts/contact';
import { createCatalogue, createCommandRunner, kernelEvents } from '#event-sourcing';
import type { EventStore, RecordedEvent } from '#event-sourcing';
import {
  collect,
  createInMemoryEventStore,
  createTestIds,
  fixedClock,
  recordEvents,
  withFaults,
} from '#event-sourcing-testing';
import { contactDecider } from '../../contacts/contact/decide.js';
import type { ConversationPorts } from '../chain/index.js';
import { openByHand } from '../conversation/open-by-hand.js';
import { message, originOf, processWith } from '../inbound/inbound.fixtures.js';
import { receiveInbound } from '../inbound/receive.js';
import type { InboundResult } from '../inbound/receive.js';
import { conversationsEvents } from '../index.js';
import { BlockContact, BlockContactHandler } from './handlers.js';
import { endConversations } from './perform.js';
import { evolve, initial, react } from './todo.js';
import type { BlockEvent, CloseConversations } from './todo.js';
import { whenContactBlockedThenClose } from './workflow.js';

const catalogue = createCatalogue([kernelEvents, contactsEvents, conversationsEvents]);
const clock = fixedClock();
const ids = createTestIds('store');

let store: EventStore;
beforeEach(() => {
  store = createInMemoryEventStore({ catalogue, clock });
});

const startProcess = (on: EventStore = store): ConversationPorts =>
  processWith(createCommandRunner({ store: on, catalogue, ids, clock }), ids);

const deliver = (process: ConversationPorts, id: string): Promise<InboundResult> =>
  receiveInbound(process, originOf(`inbound ${id}`), message(id));

async function contactOf(process: ConversationPorts, id: string): Promise<string> {
  const result = await deliver(process, id);
  if (!('kind' in result) || result.kind !== 'received') throw new Error(JSON.stringify(result));
  return result.contactId;
}

const block = (process: ConversationPorts, contactId: string, commandId = 'block') =>
  new BlockContactHandler(process).execute(
    new BlockContact(originOf(commandId, { actor: 'ann' }), { contactId, reason: undefined }),
  );

const unblock = async (process: ConversationPorts, contactId: string, commandId = 'unblock'): Promise<void> => {
  const { header } = originOf(commandId, { actor: 'ann' });
  const command = { ...header, type: 'UnblockContact', contactId, access: 'all' } as const;
  await process.runner.run(contactDecider, contactStream(contactId), command);
};

/** As the workflow engine has it done, in a process of its own. */
async function perform({ blockId }: CloseConversations, contactId: string): Promise<void> {
  await endConversations(startProcess(), originOf(`todo ${blockId}`).header, { contactId, blockId });
}

const all = (): Promise<RecordedEvent[]> => collect(store.readAll());
const count = async (type: string): Promise<number> => (await all()).filter((one) => one.type === type).length;

/** Open conversations, by their opening and closing events. */
async function openOnes(): Promise<string[]> {
  const open = new Set<string>();
  for (const { type, stream } of await all()) {
    if (type === 'ConversationOpened') open.add(stream);
    if (type === 'ConversationClosed') open.delete(stream);
  }
  return [...open];
}

describe('when a contact is blocked', () => {
  it('CON-6: the open conversation is closed with cause block', async () => {
    const process = startProcess();
    const contactId = await contactOf(process, 'm1');
    const blocked = await block(process, contactId);
    expect(blocked).toMatchObject({ accepted: true, position: (await all()).at(-1)?.position });
    const closed = (await all()).find(({ type }) => type === 'ConversationClosed');
    expect(closed?.data).toStrictEqual({ conversationId: `${contactId}.1`, contactId, cause: 'block' });
  });

  it('CON-6: a message is recorded with time and identity, never its text, on every process', async () => {
    const [one, two] = [startProcess(), startProcess()];
    const contactId = await contactOf(one, 'm1');
    await contactOf(two, 'm2');
    await block(one, contactId);
    expect(await deliver(one, 'm3')).toMatchObject({ kind: 'blocked' });
    // It has not heard of the block.
    expect(await deliver(two, 'm4')).toMatchObject({ kind: 'blocked' });
    expect(await count('InboundMessageBlocked')).toBe(2);
    expect(await count('MessageReceived')).toBe(2);
    expect(JSON.stringify(await all())).not.toContain('text of m3');
  });

  it('CON-6: no conversation opens, also on a process that has not heard of it', async () => {
    const [one, two] = [startProcess(), startProcess()];
    const contactId = await contactOf(one, 'm1');
    await contactOf(two, 'm1');
    await block(one, contactId);
    const opening = { contactId, channelId: 'shop' };
    const refusal = { accepted: false, refusal: { code: 'contact-blocked' } };
    expect(await openByHand(two, originOf('open', { actor: 'ann' }), opening)).toMatchObject(refusal);
    expect(await openOnes()).toStrictEqual([]);
  });

  it('CON-2, CON-6: unblocked, what was kept out stays out, and the next message opens the next conversation', async () => {
    const [one, two] = [startProcess(), startProcess()];
    const contactId = await contactOf(one, 'm1');
    await contactOf(two, 'm1');
    await block(one, contactId);
    await deliver(one, 'm2');
    await unblock(one, contactId);
    expect(await deliver(one, 'm2')).toMatchObject({ kind: 'blocked' });
    expect(await deliver(one, 'm3')).toMatchObject({ kind: 'received', conversationId: `${contactId}.3` });
    for (const process of [two, startProcess()]) {
      expect(await deliver(process, 'm2')).toMatchObject({ kind: 'blocked' });
      expect(await deliver(process, 'm1')).toMatchObject({
        kind: 'received',
        created: false,
        conversationId: `${contactId}.1`,
      });
    }
    expect(await count('MessageReceived')).toBe(2);
    expect(await count('InboundMessageBlocked')).toBe(1);
  });

  it('CON-6: can be blocked again and again', async () => {
    const process = startProcess();
    const contactId = await contactOf(process, 'm1');
    for (const round of ['1', '2', '3']) {
      await block(process, contactId, `block ${round}`);
      expect(await deliver(process, `kept ${round}`)).toMatchObject({ kind: 'blocked' });
      await unblock(process, contactId, `unblock ${round}`);
    }
    expect(await deliver(process, 'after')).toMatchObject({ kind: 'received', created: true });
    expect(await openOnes()).toHaveLength(1);
  });

  it('CON-6: 64 messages that come while two processes block leave nothing open', async () => {
    const processes = [startProcess(), startProcess()];
    const [one, two] = processes as [ConversationPorts, ConversationPorts];
    const contactId = await contactOf(one, 'first');
    const messages = Array.from({ length: 64 }, (_, n) => deliver(n % 2 ? one : two, `m${n}`));
    await Promise.all([...messages.slice(0, 32), block(one, contactId), block(two, contactId, 'other'), ...messages]);
    expect(await openOnes()).toStrictEqual([]);
    expect((await count('MessageReceived')) + (await count('InboundMessageBlocked'))).toBe(65);
  });

  it('CON-6: whatever the crash left, the workflow ends it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 2 }), async (survived) => {
        store = createInMemoryEventStore({ catalogue, clock });
        const process = startProcess();
        const contactId = await contactOf(process, 'm1');
        let appends = 0;
        const crashing = withFaults(store, ({ method }) => {
          return method === 'append' && appends++ >= survived ? 'error-before' : undefined;
        });
        await block(startProcess(crashing), contactId).catch(() => undefined);
        if ((await count('ContactBlocked')) === 0) return;
        const { on } = whenContactBlockedThenClose;
        const events = (await all()).filter(({ type }) => on.has(type as BlockEvent['type']));
        const state = (events as Parameters<typeof evolve>[1][]).reduce(evolve, initial);
        for (const todo of react(state)) await perform(todo, contactId);
        expect(await openOnes()).toStrictEqual([]);
        expect(await count('ConversationChainSealed')).toBe(1);
      }),
      { numRuns: 6 },
    );
  });

  it('CON-6: erased meanwhile, nothing is left to do', async () => {
    const process = startProcess();
    const contactId = await contactOf(process, 'm1');
    await blockContact(process.runner, originOf('b', { actor: 'ann' }), {
      contactId,
      access: 'all',
      blockId: 'b1',
      reason: undefined,
    });
    await store.tombstone(contactStream(contactId), 'any');
    const todo = { id: 'b1', name: 'close-conversations', blockId: 'b1' } as const;
    await perform(todo, contactId);
    expect(await count('ConversationClosed')).toBe(0);
  });
});

describe('what is still to be done', () => {
  const contactId = 'c';
  const blocked = { type: 'ContactBlocked', data: { contactId, blockId: 'b1' } } as const;
  const sealedBy = (sealId: string) =>
    ({
      type: 'ConversationChainSealed',
      data: {
        contactId,
        conversationId: 'c.1',
        number: 1,
        by: 'block',
        sealId,
        known: { conversations: [], complete: true },
      },
    }) as const;
  const todos = (...events: BlockEvent[]) =>
    react((recordEvents(events) as Parameters<typeof evolve>[1][]).reduce(evolve, initial));

  it('CON-6: closing, until the seal of this very block stands or it is lifted', () => {
    const todo = { id: 'b1', name: 'close-conversations', blockId: 'b1' };
    expect(todos(blocked)).toStrictEqual([todo]);
    expect(todos(blocked, sealedBy('b0'))).toStrictEqual([todo]);
    expect(todos(blocked, sealedBy('b1'))).toStrictEqual([]);
    expect(todos(blocked, { type: 'ContactUnblocked', data: { contactId } })).toStrictEqual([]);
  });
});
