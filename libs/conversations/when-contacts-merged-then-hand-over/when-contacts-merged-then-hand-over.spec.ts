import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contactsEvents } from '#contacts';
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
import type { ConversationPorts } from '../chain/index.js';
import { conversationDecider } from '../conversation/decide.js';
import { openByHand } from '../conversation/open-by-hand.js';
import { message, originOf, processWith } from '../inbound/inbound.fixtures.js';
import type { InboundMessage } from '../inbound/delivery.js';
import { receiveInbound } from '../inbound/receive.js';
import { conversationsEvents } from '../index.js';
import { finishMerge, finishUndoing } from './finish.js';
import { MergeContacts, MergeContactsHandler, UndoMerge, UndoMergeHandler } from './handlers.js';
import type { MergeResult, UndoResult } from './handlers.js';
import { evolve, initial, react } from './todo.js';
import type { MergeEvent, MergeStep } from './todo.js';
import { whenContactsMergedThenHandOver } from './workflow.js';

const catalogue = createCatalogue([kernelEvents, contactsEvents, conversationsEvents]);
const clock = fixedClock();
const ids = createTestIds('store');

let store: EventStore;
beforeEach(() => {
  store = createInMemoryEventStore({ catalogue, clock });
});

type Process = ConversationPorts & { readonly store: EventStore };
const startProcess = (on: EventStore = store): Process => ({
  ...processWith(createCommandRunner({ store: on, catalogue, ids, clock }), ids),
  store: on,
});

/** Jane writes on the shop's channel, Joe on another. */
const janes = (id: string): InboundMessage => message(id);
const joes = (id: string): InboundMessage => message(id, { channelId: 'other', from: { externalUserId: 'joe' } });

async function deliver(process: Process, inbound: InboundMessage) {
  const result = await receiveInbound(process, originOf(`inbound ${inbound.externalMessageId}`), inbound);
  if (!('kind' in result) || result.kind !== 'received') throw new Error(JSON.stringify(result));
  return result;
}

const merge = (process: Process, contactId: string, secondaryId: string, commandId = 'merge'): Promise<MergeResult> =>
  new MergeContactsHandler(process, process.store).execute(
    new MergeContacts(originOf(commandId, { actor: 'ann' }), { contactId, secondaryId, winners: {} }),
  );
const undo = (process: Process, mergeId: string, commandId = 'undo'): Promise<UndoResult> =>
  new UndoMergeHandler(process, process.store).execute(new UndoMerge(originOf(commandId, { actor: 'ann' }), mergeId));

function accepted<R extends { readonly accepted: boolean }>(result: R): Extract<R, { readonly accepted: true }> {
  if (!result.accepted) throw new Error(JSON.stringify(result));
  return result as Extract<R, { readonly accepted: true }>;
}

const all = (): Promise<RecordedEvent[]> => collect(store.readAll());

/** Conversations that are open at the end; `most`: the most that were open at once for one owner of both. */
async function openOnes(): Promise<string[]> {
  const open = new Set<string>();
  for (const { type, stream } of await all()) {
    if (type === 'ConversationOpened') open.add(stream);
    if (type === 'ConversationClosed') open.delete(stream);
  }
  return [...open].sort();
}

async function streamsHolding(messageId: string): Promise<string[]> {
  const events = await all();
  return events
    .filter(({ type, data }) => type === 'MessageReceived' && (data as { messageId: string }).messageId === messageId)
    .map(({ stream }) => stream);
}

/** What the workflow engine does, until nothing is left to do. */
async function runWorkflow(): Promise<void> {
  const { on, key } = whenContactsMergedThenHandOver;
  const events = (await all()).filter(({ type }) => on.has(type as MergeEvent['type'])) as Parameters<
    typeof evolve
  >[1][];
  for (const mergeId of new Set(events.map((event) => String(key(event))))) {
    const state = events.filter((event) => key(event) === mergeId).reduce(evolve, initial);
    for (const todo of react(state)) await perform(todo);
  }
}
async function perform({ id, name, merge: { actor, ...of } }: MergeStep): Promise<void> {
  const header = { ...originOf(`todo ${of.mergeId} ${id}`).header, actor };
  await (name === 'finish-merge' ? finishMerge : finishUndoing)(startProcess(), header, of);
}

describe('when contacts are merged', () => {
  it('CON-5: the secondary’s chain is sealed before its identities move', async () => {
    const process = startProcess();
    const [jane, joe] = [await deliver(process, janes('m1')), await deliver(process, joes('m2'))];
    const { mergeId } = accepted(await merge(process, jane.contactId, joe.contactId));
    expect(mergeId).toBe(`${joe.contactId}.1`);
    const events = (await all()).slice((await all()).findIndex(({ type }) => type === 'ContactHandedOver'));
    expect(
      events.map(({ type, stream }) => [type, stream.replace(jane.contactId, 'jane').replace(joe.contactId, 'joe')]),
    ).toStrictEqual([
      ['ContactHandedOver', 'contact-joe'],
      ['ContactsMerged', 'contact-jane'],
      ['ConversationClosed', 'conversation-joe.1'],
      ['ConversationChainSealed', 'conversation-joe.2'],
      ['WaitingTakenOver', 'conversation-jane.1'],
      ['IdentityMoved', expect.stringMatching(/^identity-/)],
    ]);
  });

  it('CON-5: opens a conversation of the primary for who waited, when none is open', async () => {
    const process = startProcess();
    const [jane, joe] = [await deliver(process, janes('m1')), await deliver(process, joes('m2'))];
    const close = { ...originOf('close').header, type: 'CloseAutomatically', cause: 'block' } as const;
    await process.runner.run(conversationDecider, `conversation-${jane.conversationId}`, close);
    await merge(process, jane.contactId, joe.contactId);
    const taken = (await all()).find(({ type }) => type === 'WaitingTakenOver');
    const opened = (await all()).findLast(({ type }) => type === 'ConversationOpened');
    expect(taken?.stream).toBe(`conversation-${jane.contactId}.2`);
    expect(opened?.data).toMatchObject({ openedBy: 'merge', channelId: 'other', subjectId: joe.contactId });
    expect(await openOnes()).toStrictEqual([`conversation-${jane.contactId}.2`]);
  });

  it('CON-2, CON-5: a message that came before is known when it is delivered after, and after the undoing', async () => {
    const [one, two] = [startProcess(), startProcess()];
    const [jane, joe] = [await deliver(one, janes('m1')), await deliver(one, joes('m2'))];
    await deliver(two, joes('m2'));
    const { mergeId } = accepted(await merge(one, jane.contactId, joe.contactId));
    const during = await deliver(one, joes('m3'));
    const again = { created: false, conversationId: joe.conversationId, contactId: joe.contactId };
    for (const process of [one, two, startProcess()]) expect(await deliver(process, joes('m2'))).toMatchObject(again);
    await undo(one, mergeId);
    for (const process of [one, two, startProcess()]) {
      expect(await deliver(process, joes('m2'))).toMatchObject(again);
      expect(await deliver(process, joes('m3'))).toMatchObject({
        created: false,
        conversationId: during.conversationId,
      });
    }
    expect(await streamsHolding(joe.messageId)).toHaveLength(1);
  });

  it('R10: 64 messages of an identity that race with its merge leave one open conversation', async () => {
    const [one, two] = [startProcess(), startProcess()];
    const [jane, joe] = [await deliver(one, janes('first')), await deliver(two, joes('second'))];
    const messages = Array.from({ length: 64 }, (_, n) => deliver(n % 2 ? one : two, joes(`m${n}`)));
    const [merged, ...results] = await Promise.all([merge(two, jane.contactId, joe.contactId), ...messages]);
    expect(merged.accepted).toBe(true);
    expect(await openOnes()).toStrictEqual([`conversation-${jane.contactId}.1`]);
    for (const { messageId, conversationId } of results) {
      expect(await streamsHolding(messageId)).toStrictEqual([`conversation-${conversationId}`]);
    }
  });

  it('R10: 64 messages that race with the undoing stay where they came, and none comes to the primary after it', async () => {
    const [one, two] = [startProcess(), startProcess()];
    const [jane, joe] = [await deliver(one, janes('first')), await deliver(two, joes('second'))];
    const { mergeId } = accepted(await merge(one, jane.contactId, joe.contactId));
    const messages = Array.from({ length: 64 }, (_, n) => deliver(n % 2 ? one : two, joes(`m${n}`)));
    const [undone, ...results] = await Promise.all([undo(two, mergeId), ...messages]);
    expect(undone.accepted).toBe(true);
    const events = await all();
    const divided = events.findIndex(({ type }) => type === 'ConversationDivided');
    const after = events.slice(divided).filter(({ type }) => type === 'MessageReceived');
    expect(after.filter(({ data }) => (data as { contactId: string }).contactId === jane.contactId)).toStrictEqual([]);
    for (const { messageId } of results) expect(await streamsHolding(messageId)).toHaveLength(1);
    const open = await openOnes();
    expect(new Set(open.map((stream) => stream.split('.')[0])).size).toBe(open.length);
    expect(await deliver(one, joes('last'))).toMatchObject({ contactId: joe.contactId });
  });

  it('CON-5: two merges of the same two at once, each the other’s secondary, end with at most one of them', async () => {
    const [one, two] = [startProcess(), startProcess()];
    const [jane, joe] = [await deliver(one, janes('m1')), await deliver(two, joes('m2'))];
    const results = await Promise.all([
      merge(one, jane.contactId, joe.contactId, 'one'),
      merge(two, joe.contactId, jane.contactId, 'two'),
    ]);
    expect(results.filter((result) => result.accepted).length).toBeLessThanOrEqual(1);
    await runWorkflow();
    const [toJane, toJoe] = [await deliver(one, janes('m3')), await deliver(two, joes('m4'))];
    const isMerged = results.some((result) => result.accepted);
    expect(toJane.contactId === toJoe.contactId).toBe(isMerged);
  });

  it('CON-5: whatever a crash leaves of a merge and its undoing, the workflow ends it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 14 }), fc.boolean(), async (survived, undoes) => {
        store = createInMemoryEventStore({ catalogue, clock });
        const process = startProcess();
        const [jane, joe] = [await deliver(process, janes('m1')), await deliver(process, joes('m2'))];
        if (undoes) accepted(await merge(process, jane.contactId, joe.contactId));
        if (undoes) await deliver(process, joes('m3'));
        let appends = 0;
        const crashing = startProcess(
          withFaults(store, ({ method }) =>
            method === 'append' && appends++ >= survived ? 'error-before' : undefined,
          ),
        );
        const crashed = undoes ? undo(crashing, `${joe.contactId}.1`) : merge(crashing, jane.contactId, joe.contactId);
        await crashed.catch(() => undefined);
        await runWorkflow();
        const types = (await all()).map(({ type }) => type);
        const isMerged = types.includes('ContactsMerged') && !types.includes('MergeUndone');
        const [toJane, toJoe] = [await deliver(startProcess(), janes('m4')), await deliver(startProcess(), joes('m5'))];
        expect(toJane.contactId).toBe(jane.contactId);
        expect(toJoe.contactId).toBe(isMerged ? jane.contactId : joe.contactId);
        expect(await openOnes()).toStrictEqual(
          [...new Set([toJane, toJoe].map(({ conversationId }) => `conversation-${conversationId}`))].sort(),
        );
        // Done once more, it finds everything done.
        const before = (await all()).length;
        await runWorkflow();
        expect((await all()).length).toBe(before);
      }),
      { numRuns: 12 },
    );
  });

  it('CON-5: merged, undone and merged again, its messages go with it each time', async () => {
    const process = startProcess();
    const [jane, joe] = [await deliver(process, janes('m1')), await deliver(process, joes('m2'))];
    for (const round of ['1', '2', '3']) {
      const { mergeId } = accepted(await merge(process, jane.contactId, joe.contactId, `merge ${round}`));
      expect(mergeId).toBe(`${joe.contactId}.${round}`);
      expect(await deliver(process, joes(`in ${round}`))).toMatchObject({ contactId: jane.contactId });
      accepted(await undo(process, mergeId, `undo ${round}`));
      expect(await deliver(process, joes(`out ${round}`))).toMatchObject({ contactId: joe.contactId });
    }
    const given = (await all()).filter(({ type }) => type === 'MessagesGivenBack');
    expect(
      given.map(({ data }) => (data as { from: { messages: number }[] }).from.map(({ messages }) => messages)),
    ).toStrictEqual([[1], [1], [1]]);
  });

  it('CON-5: an opening by hand goes through the primary, whichever of the two is named', async () => {
    const process = startProcess();
    const [jane, joe] = [await deliver(process, janes('m1')), await deliver(process, joes('m2'))];
    await merge(process, jane.contactId, joe.contactId);
    const opening = { contactId: joe.contactId, channelId: 'other' };
    expect(await openByHand(process, originOf('open', { actor: 'ann' }), opening)).toMatchObject({
      accepted: false,
      refusal: { code: 'conversation-open', conversationId: jane.conversationId },
    });
  });
});

describe('what is still to be done', () => {
  const merge = {
    mergeId: 'joe.1',
    primaryId: 'jane',
    secondaryId: 'joe',
    actor: { id: 'ann', role: 'agent' } as const,
  };
  const handed: MergeEvent = {
    type: 'ContactHandedOver',
    data: { contactId: 'joe', mergeId: 'joe.1', primaryId: 'jane', winners: [] },
  };
  const back: MergeEvent = { type: 'ContactGivenBack', data: { contactId: 'joe', mergeId: 'joe.1' } };
  const undone: MergeEvent = {
    type: 'MergeUndone',
    data: { contactId: 'jane', mergeId: 'joe.1', secondaryId: 'joe', contactIds: ['joe'] },
  };
  const todos = (...events: MergeEvent[]) =>
    react(
      recordEvents(events.map((event) => [event, { actor: merge.actor }])).reduce<ReturnType<typeof evolve>>(
        (state, event) => evolve(state, event),
        initial,
      ),
    );

  it('CON-5: a merge is finished, and its undoing after it', () => {
    expect(todos(handed)).toStrictEqual([{ id: 'finish-merge', name: 'finish-merge', merge }]);
    expect(todos(handed, undone)).toStrictEqual([{ id: 'finish-undoing', name: 'finish-undoing', merge }]);
    expect(todos(handed, undone, back)).toStrictEqual([{ id: 'finish-undoing', name: 'finish-undoing', merge }]);
  });

  it('CON-5: a merge that never came into force leaves nothing to do', () => {
    expect(todos(handed, back)).toStrictEqual([]);
  });
});
