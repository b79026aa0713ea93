import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contactsEvents } from '#contacts';
import { contactFacts, joinContacts } from '#contacts/contact';
import { claimIdentity, identityKey, identityStream } from '#contacts/identity';
import { conversationsEvents } from '#conversations';
import type { InboundMessage, InboundResult } from '#conversations/inbound';
import { createCatalogue, createCommandRunner, kernelEvents, StoreUnavailable, StreamGone } from '#event-sourcing';
import type { EventStore, RecordedEvent } from '#event-sourcing';
import type { PageRequest, ReadModels, Stored } from '#event-sourcing';
import { createKeyRing } from '#adapters/key-ring';
import { openClaimsProjection } from '#contacts/open-claims';
import {
  collect,
  createInMemoryDocuments,
  createInMemoryEventStore,
  createInMemoryKeyStore,
  createTestIds,
  createTestKeyRing,
  emptyLog,
  fixedClock,
  noKeptKeys,
  nothingToScavenge,
  projectedDocuments,
  readProjected,
  settleWorkflow,
  startWorker,
  withFaults,
  withKeyFaults,
} from '#event-sourcing-testing';
import type { InMemoryKeys, InMemoryLog } from '#event-sourcing-testing';
import { openByHand } from '../../conversations/conversation/open-by-hand.js';
import { touch } from '../../conversations/conversation/touch.js';
import {
  MergeContacts,
  MergeContactsHandler,
  UndoMerge,
  UndoMergeHandler,
} from '../../conversations/when-contacts-merged-then-hand-over/handlers.js';
import { message, originOf, processWith } from '../../conversations/inbound/inbound.fixtures.js';
import { receiveInbound } from '../../conversations/inbound/receive.js';
import { createAuditDecider, verifyDeletedContacts } from '../audit/index.js';
import { deletionAuditEvents } from '../index.js';
import { reportingEvents } from '#reporting';
import { removal } from '../when-unreadable-then-remove/index.js';
import { react } from './react.js';
import { reconcileErasures } from './reconcile.js';
import { requestErasure } from './request.js';
import type { ErasureResult } from './request.js';
import { contactErasure } from './workflow.js';

const catalogue = createCatalogue([
  kernelEvents,
  contactsEvents,
  conversationsEvents,
  deletionAuditEvents,
  reportingEvents,
]);
const clock = fixedClock('2026-03-02T12:00:00.000Z');
const ids = createTestIds('store');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const erased = ['ContactDeleted', 'ContactMadeUnreadable', 'ErasureCompleted'];
const janesHint = 'J•••• D••••';

let kept: InMemoryKeys;
let log: InMemoryLog;
let store: EventStore;

function emptyStores(): void {
  kept = noKeptKeys();
  log = emptyLog();
  store = openStore();
}
/** What a backup would hold. */
const bareLog = ({ events: all, streams, position }: InMemoryLog) => ({ events: all, streams, position });
const openStore = (): EventStore => createInMemoryEventStore({ catalogue, clock, log, keys: createTestKeyRing(kept) });

beforeEach(emptyStores);

function startProcess(on: EventStore = openStore(), keyStore = createInMemoryKeyStore(kept)) {
  const conversations = processWith(createCommandRunner({ store: on, catalogue, ids, clock }), ids);
  const keys = createKeyRing(keyStore);
  const audit = createAuditDecider(sha256);
  return { ...conversations, store: on, clock, models, sha256, audit, keys, scavenger: nothingToScavenge };
}

/** What is projected of the claims; every other model has always passed everything. */
const models: ReadModels = {
  ...readProjected(createInMemoryDocuments({ clock })),
  waitFor: (position) => Promise.resolve(position),
  page: async <Doc extends object>(model: string, request: PageRequest) => {
    if (model !== openClaimsProjection.name) return [];
    const claims = projectedDocuments(openClaimsProjection, await collect(store.readAll()));
    const wanted = JSON.stringify(request.where);
    const ofContact = [...claims].filter(([, claim]) => JSON.stringify(claim) === wanted);
    return ofContact.map(([_id, document]) => ({ ...document, _id, _at: 0 })) as unknown as readonly Stored<Doc>[];
  },
};
type Process = ReturnType<typeof startProcess>;

const deliver = (process: Process, inbound: InboundMessage): Promise<InboundResult> =>
  receiveInbound(process, originOf(`inbound ${inbound.externalMessageId}`, { at: clock.now() }), inbound);

async function received(process: Process, inbound: InboundMessage) {
  const result = await deliver(process, inbound);
  if (!('kind' in result) || result.kind !== 'received') throw new Error(JSON.stringify(result));
  return result;
}

const byAdmin = (commandId: string, at = clock.now()) => {
  const { header, options } = originOf(commandId, { at });
  return { header: { ...header, actor: { id: 'adam', role: 'admin' } as const }, options };
};

const erase = (
  process: Process,
  contactId: string,
  { hint = janesHint, commandId = 'erase', at = clock.now(), reason = 'requested' } = {},
): Promise<ErasureResult> =>
  requestErasure(process, byAdmin(commandId, at), { contactId, hint, reason, adminName: 'Adam Admin' });

/** What the worker does, step by step, until nothing is left to do. Answers how many rounds it took. */
async function runErasures(process: Process): Promise<number> {
  return (await settleWorkflow(contactErasure, process)) + (await settleWorkflow(removal, process));
}

const events = (): Promise<RecordedEvent[]> => collect(store.readAll());
const typesOf = async (stream: string): Promise<string[]> =>
  (await collect(store.readStream(stream))).map(({ type }) => type);
async function untilRecorded(wanted: string): Promise<void> {
  const { signal } = new AbortController();
  for await (const batch of store.subscribe({ after: 'start', signal })) {
    if (batch.events.some(({ type }) => type === wanted)) return;
  }
}
const isGone = (stream: string): Promise<boolean> =>
  collect(store.readStream(stream)).then(
    () => false,
    (fault: unknown) => fault instanceof StreamGone,
  );

describe('the request for a deletion', () => {
  it('DEL-1: needs the contact’s hint, and is answered with the erasure’s id', async () => {
    const process = startProcess();
    const { contactId } = await received(process, message('m1'));
    const erasureId = ids.derivedUuid('erasure', 'erase');
    expect(await erase(process, contactId)).toMatchObject({ accepted: true, erasureId, repeated: false });
    expect(await contactFacts(process.runner, contactId, { fresh: true })).toMatchObject({
      phase: 'deleting',
      erasureId,
    });
  });

  it('DEL-1: a wrong hint is refused and recorded without what was typed', async () => {
    const process = startProcess();
    const { contactId } = await received(process, message('m1'));
    const hint = 'a guess';
    expect(await erase(process, contactId, { hint })).toStrictEqual({
      accepted: false,
      refusal: { code: 'hint-mismatch' },
    });
    const recorded = await collect(store.readStream('deletion-attempts'));
    expect(recorded.map(({ data }) => data)).toStrictEqual([
      { contactId, adminId: 'adam', refusedAt: clock.now(), because: 'hint-mismatch' },
    ]);
  });

  it('DEL-1: a hint that was right before is refused as changed', async () => {
    const process = startProcess();
    const { contactId } = await received(process, message('m1'));
    await received(process, message('m2', { from: { externalUserId: 'jane', displayName: 'Mary Major' } }));
    expect(await erase(process, contactId)).toStrictEqual({ accepted: false, refusal: { code: 'hint-changed' } });
    expect(await erase(process, contactId, { commandId: 'second', hint: 'M•••• M••••' })).toMatchObject({
      accepted: true,
    });
  });

  it('DEL-1: after five wrong hints in ten minutes even the right one is refused, until they have passed', async () => {
    const process = startProcess();
    const { contactId } = await received(process, message('m1'));
    for (let n = 0; n < 5; n++) await erase(process, contactId, { commandId: `wrong ${n}`, hint: `guess ${n}` });
    expect(await erase(process, contactId)).toStrictEqual({
      accepted: false,
      refusal: { code: 'too-many-attempts', until: '2026-03-02T12:10:00.000Z' },
    });
    expect(await erase(process, contactId, { at: '2026-03-02T12:10:00.000Z' })).toMatchObject({ accepted: true });
  });

  it('DEL-1: of many guesses at once no more than five are compared and recorded', async () => {
    const process = startProcess();
    const { contactId } = await received(process, message('m1'));
    const guesses = Array.from({ length: 12 }, (_, n) =>
      erase(process, contactId, { commandId: `g${n}`, hint: `${n}` }),
    );
    const codes = (await Promise.all(guesses)).map((result) => (result.accepted ? 'accepted' : result.refusal.code));
    expect(codes.filter((code) => code === 'hint-mismatch')).toHaveLength(5);
    expect(codes.filter((code) => code === 'too-many-attempts')).toHaveLength(7);
    expect(await typesOf('deletion-attempts')).toHaveLength(5);
  });

  it('DEL-1: needs a reason from the list', async () => {
    const process = startProcess();
    const { contactId } = await received(process, message('m1'));
    expect(await erase(process, contactId, { reason: 'because' })).toStrictEqual({
      accepted: false,
      refusal: { code: 'unknown-reason', reason: 'because' },
    });
  });

  it('is answered the same again, also after the erasure', async () => {
    const process = startProcess();
    const { contactId } = await received(process, message('m1'));
    const first = await erase(process, contactId);
    expect(await erase(startProcess(), contactId)).toStrictEqual({ ...first, repeated: true });
    await runErasures(process);
    expect(await erase(startProcess(), contactId)).toStrictEqual({ ...first, repeated: true });
    expect(await erase(process, contactId, { commandId: 'another' })).toStrictEqual({
      accepted: false,
      refusal: { code: 'contact-deleted' },
    });
  });

  it('finds no contact that never was', async () => {
    expect(await erase(startProcess(), 'nobody')).toStrictEqual({ accepted: false, refusal: { code: 'not-found' } });
  });
});

describe('the erasure', () => {
  it('DEL-6: the audit entry comes first, the contact’s stream goes last', () => {
    const recorded = { phase: 'recorded', contactIds: ['c'], entry: 0, purgedAt: 7 } as const;
    expect(react(recorded).map(({ name }) => name)).toStrictEqual([
      'release-identities',
      'hand-back-messages',
      'seal-conversations',
      'keep-facts',
      'destroy-key',
      'remove-conversations',
      'remove-contact',
      'record-unreadable',
    ]);
    expect(react({ phase: 'unreadable' })).toStrictEqual([]);
  });

  it('DEL-2, DEL-4: leaves nothing but the release and the audit', async () => {
    const process = startProcess();
    const { contactId, conversationId } = await received(process, message('m1'));
    const origin = originOf('close', { actor: 'ann' });
    const rules = { mode: 'optional', categoryIds: new Set<string>() } as const;
    await touch(process, origin, conversationId, ({ access }) => ({ ...origin.header, type: 'Close', access, rules }));
    await received(process, message('m2'));
    const request = await erase(process, contactId);
    if (!request.accepted) throw new Error(request.refusal.code);
    await runErasures(process);
    for (const stream of [1, 2, 3].map((n) => `conversation-${contactId}.${n}`))
      expect(await isGone(stream)).toBe(true);
    expect(await isGone(`contact-${contactId}`)).toBe(true);
    const left = (await events()).filter(({ stream }) => !/^(contact|conversation)-/.test(stream));
    const identity = left.filter(({ stream }) => stream.startsWith('identity-'));
    const readable = await collect(store.readStream(identity[0]?.stream ?? ''));
    expect(readable.map(({ type }) => type)).toStrictEqual(['IdentityReleased']);
    expect(await typesOf('deleted-contacts')).toStrictEqual(erased);
    const [entry] = await collect(store.readStream('deleted-contacts'));
    expect(entry?.data).toMatchObject({
      erasureId: request.erasureId,
      contactIds: [contactId],
      hint: janesHint,
      platforms: ['custom'],
      requestedAt: clock.now(),
      requestPosition: request.position,
      adminId: 'adam',
      adminName: 'Adam Admin',
      reason: 'requested',
      counts: { identities: 1, conversations: 2, messages: 2, notes: 0, attributes: 0 },
    });
    expect(await verifyDeletedContacts(store, sha256)).toMatchObject({ ok: true, entries: 1 });
  });

  it('DEL-6: between request and end everybody gets contact-deleted, but the sender never', async () => {
    const process = startProcess();
    const { contactId, conversationId } = await received(process, message('m1'));
    await erase(process, contactId);
    const refusal = { accepted: false, refusal: { code: 'contact-deleted' } };
    const write = (commandId: string) => {
      const origin = originOf(commandId, { actor: 'ann' });
      return touch(startProcess(), origin, conversationId, ({ access }) => ({
        ...origin.header,
        type: 'Unassign',
        access,
        cause: 'hand',
      }));
    };
    const open = (commandId: string) =>
      openByHand(startProcess(), originOf(commandId, { actor: 'ann' }), { contactId, channelId: 'shop' });
    expect(await write('during')).toMatchObject(refusal);
    expect(await open('open during')).toMatchObject(refusal);
    expect(await received(process, message('m2'))).toMatchObject({ contactId, created: true });
    await runErasures(process);
    expect(await write('after')).toMatchObject(refusal);
    expect(await open('open after')).toMatchObject(refusal);
    expect(await received(process, message('m3', { sentAt: undefined }))).toMatchObject({ created: true });
  });

  it('DEL-5: who writes again is a new contact without a trace of the old one', async () => {
    const [one, two] = [startProcess(), startProcess()];
    const old = await received(one, message('m1'));
    await received(two, message('m2'));
    await erase(one, old.contactId);
    await runErasures(one);
    // The other process remembers the old contact, its claim and its conversation.
    const again = await received(two, message('m3', { sentAt: '2026-03-02T12:00:01.000Z' }));
    expect(again).toMatchObject({ created: true, conversationId: `${again.contactId}.1` });
    expect(again.contactId).not.toBe(old.contactId);
    expect(JSON.stringify(await collect(store.readStream(`contact-${again.contactId}`)))).not.toContain(old.contactId);
  });

  it('DEL-5: a late redelivery is answered and leaves nothing, also when the person has written again', async () => {
    const [one, two] = [startProcess(), startProcess()];
    const { contactId } = await received(one, message('m1', { sentAt: undefined }));
    await erase(one, contactId);
    await runErasures(one);
    const before = (await events()).length;
    expect(await deliver(two, message('m1', { sentAt: undefined }))).toMatchObject({ kind: 'erased' });
    // Never seen, but signed as sent before the release.
    expect(await deliver(two, message('m0', { sentAt: '2026-03-02T11:59:59.000Z' }))).toMatchObject({ kind: 'erased' });
    expect(await events()).toHaveLength(before);
    await received(two, message('m9', { sentAt: undefined }));
    expect(await deliver(one, message('m1', { sentAt: undefined }))).toMatchObject({ kind: 'erased' });
  });

  it('DEL-6: an error at any call of the store is made good: one entry, one completion, everything gone', async () => {
    for (const fault of ['error-before', 'error-after'] as const) {
      for (let number = 0, met = true; met; number++) {
        met = false;
        emptyStores();
        const process = startProcess();
        const { contactId } = await received(process, message('m1'));
        await erase(process, contactId);
        const faulty = withFaults(store, (call) => {
          met ||= call.number === number;
          return call.number === number ? fault : undefined;
        });
        await runErasures(startProcess(faulty)).catch((error: unknown) => {
          expect(error).toBeInstanceOf(StoreUnavailable);
        });
        await runErasures(startProcess());
        expect(await typesOf('deleted-contacts')).toStrictEqual(erased);
        expect(await isGone(`contact-${contactId}`)).toBe(true);
        expect(await isGone(`conversation-${contactId}.1`)).toBe(true);
        expect(await isGone(`conversation-${contactId}.2`)).toBe(true);
      }
    }
  });

  it('DEL-6: an error at any call of the key store is made good too', async () => {
    for (const fault of ['error-before', 'error-after'] as const) {
      for (let number = 0, met = true; met; number++) {
        met = false;
        emptyStores();
        const { contactId } = await received(startProcess(), message('m1'));
        await erase(startProcess(), contactId);
        const faulty = withKeyFaults(createInMemoryKeyStore(kept), (call) => {
          met ||= call === number;
          return call === number ? fault : undefined;
        });
        await runErasures(startProcess(openStore(), faulty)).catch((error: unknown) => {
          expect(error).toBeInstanceOf(StoreUnavailable);
        });
        await runErasures(startProcess());
        expect(await typesOf('deleted-contacts')).toStrictEqual(erased);
        expect(kept.kept.get(contactId)?.key).toBe('destroyed');
      }
    }
  });

  it('DEL-3: once the key is destroyed its events decode as erased, and tell that something happened', async () => {
    const process = startProcess();
    const { contactId, conversationId } = await received(process, message('m1'));
    const stream = `conversation-${conversationId}`;
    const readable = await collect(store.readStream(stream));
    await process.keys.destroy(contactId, '{}');
    const shut = await collect(openStore().readStream(stream));
    expect(shut.map(({ type, metadata }) => ({ type, metadata }))).toStrictEqual(
      readable.map(({ type, metadata }) => ({ type, metadata })),
    );
    const of = (events: readonly RecordedEvent[]) => events.find(({ type }) => type === 'MessageReceived');
    expect(of(readable)?.data).toMatchObject({ text: 'text of m1', externalMessageId: 'm1' });
    expect(of(shut)).toMatchObject({
      data: { text: '', externalMessageId: '' },
      hidden: { text: 'erased', externalMessageId: 'erased' },
    });
  });

  it('DEL-2: an identity that a crash left claimed and never attached is released too', async () => {
    const process = startProcess();
    const { contactId } = await received(process, message('m1'));
    const other = { medium: 'custom', idScope: 'shop', externalUserId: 'janes-other-phone' } as const;
    const key = identityKey(ids, other);
    await claimIdentity(process.runner, originOf('claim').header, { ...other, contactId, identityKey: key });
    await erase(process, contactId);
    await runErasures(process);
    expect(await typesOf(identityStream(key))).toStrictEqual(['IdentityReleased']);
  });

  describe('an older copy put back (S8)', () => {
    /** The stores before and after an erasure, and the contact. */
    async function erasedOnce() {
      const process = startProcess();
      const { contactId } = await received(process, message('m1'));
      const before = { log: structuredClone(bareLog(log)), kept: new Map(kept.kept) };
      await erase(process, contactId);
      await runErasures(process);
      return { contactId, before };
    }

    async function restart(): Promise<Process> {
      const process = startProcess();
      await reconcileErasures(process);
      await runErasures(process);
      return process;
    }

    it('S8: of the keys: the key is destroyed again before anybody reads', async () => {
      const { contactId, before } = await erasedOnce();
      kept = { kept: new Map(before.kept) };
      store = openStore();
      await reconcileErasures(startProcess());
      expect(kept.kept.get(contactId)?.key).toBe('destroyed');
      expect(await typesOf('deleted-contacts')).toStrictEqual(erased);
    });

    it('S8: of the events: what the key store knows of is recorded and erased again, with one entry', async () => {
      const { contactId, before } = await erasedOnce();
      const [entry] = await collect(store.readStream('deleted-contacts'));
      log = { ...emptyLog(), ...before.log };
      store = openStore();
      const readable = await collect(store.readStream(`conversation-${contactId}.1`));
      expect(readable.every(({ hidden, type }) => hidden !== undefined || type !== 'MessageReceived')).toBe(true);
      const process = await restart();
      expect(await isGone(`contact-${contactId}`)).toBe(true);
      expect(await isGone(`conversation-${contactId}.1`)).toBe(true);
      expect(await typesOf('deleted-contacts')).toStrictEqual(erased);
      const [again] = await collect(store.readStream('deleted-contacts'));
      expect(again?.data).toStrictEqual(entry?.data);
      await reconcileErasures(process);
      expect(await typesOf('deleted-contacts')).toStrictEqual(erased);
      const wroteAgain = await received(process, message('m2', { sentAt: undefined }));
      expect(wroteAgain.contactId).not.toBe(contactId);
    });
  });

  it('DEL-6: the workflow runner takes it to its end, and has nothing to do when started again', async () => {
    const process = startProcess();
    const { contactId } = await received(process, message('m1'));
    await erase(process, contactId);
    const stumbled: unknown[] = [];
    for (let start = 0; start < 2; start++) {
      const worker = await startWorker([contactErasure, removal], startProcess(), {
        stumbled: (fault) => stumbled.push(fault),
      });
      await untilRecorded('ErasureCompleted');
      await worker.stop();
    }
    expect(stumbled).toStrictEqual([]);
    expect(await typesOf('deleted-contacts')).toStrictEqual(erased);
    expect(await isGone(`contact-${contactId}`)).toBe(true);
    expect(await isGone(`conversation-${contactId}.1`)).toBe(true);
  });

  it('DEL-6: done by two processes at once it has one entry and one completion', async () => {
    const process = startProcess();
    const { contactId } = await received(process, message('m1'));
    await erase(process, contactId);
    await Promise.all([runErasures(startProcess()), runErasures(startProcess())]);
    expect(await typesOf('deleted-contacts')).toStrictEqual(erased);
    expect(await runErasures(process)).toBe(0);
  });
});

describe('the erasure of a merged contact', () => {
  const of = (name: string, id: string): InboundMessage =>
    message(id, { from: { externalUserId: name }, sentAt: undefined });
  const keyOf = (externalUserId: string) => identityKey(ids, { medium: 'custom', idScope: 'shop', externalUserId });

  async function merge(process: Process, contactId: string, secondaryId: string): Promise<string> {
    const origin = originOf(`merge ${secondaryId}`, { actor: 'ann' });
    const wanted = { contactId, secondaryId, winners: {} };
    const merged = await new MergeContactsHandler(process, process.store).execute(new MergeContacts(origin, wanted));
    if (!merged.accepted) throw new Error(merged.refusal.code);
    return merged.mergeId;
  }

  /** Moe went into Joe, and Joe into Jim; then Moe wrote once more. Their contacts, Jim's first. */
  async function mergedTwice(process: Process): Promise<readonly [string, string, string]> {
    const [jim, joe, moe] = [
      await received(process, of('jim', 'i1')),
      await received(process, of('joe', 'o1')),
      await received(process, of('moe', 'e1')),
    ];
    await merge(process, joe.contactId, moe.contactId);
    await merge(process, jim.contactId, joe.contactId);
    expect(await received(process, of('moe', 'e2'))).toMatchObject({ contactId: jim.contactId });
    return [jim.contactId, joe.contactId, moe.contactId];
  }
  const jimsHint = 'j••••';

  async function expectAllGone(contactIds: readonly string[]): Promise<void> {
    expect(await typesOf('deleted-contacts')).toStrictEqual(erased);
    for (const name of ['jim', 'joe', 'moe']) {
      expect(await typesOf(identityStream(keyOf(name)))).toStrictEqual(['IdentityReleased']);
    }
    for (const contactId of contactIds) {
      expect(kept.kept.get(contactId)?.key).toBe('destroyed');
      expect(await isGone(`contact-${contactId}`)).toBe(true);
    }
    for (const stream of new Set((await events()).map((event) => event.stream))) {
      if (contactIds.some((contactId) => stream.includes(contactId))) expect(await isGone(stream)).toBe(true);
    }
  }

  /** From what was requested the erasure is run anew for each call of the store, which fails, and then once without. */
  async function withAFaultAtEachCall(check: () => Promise<void>): Promise<void> {
    const requested = { log: bareLog(log), kept: kept.kept };
    for (let number = 0, met = true; met; number++) {
      met = false;
      kept = { kept: new Map(requested.kept) };
      log = { ...emptyLog(), ...structuredClone(requested.log) };
      store = openStore();
      const faulty = withFaults(store, (call) => {
        met ||= call.number === number;
        if (call.number !== number) return undefined;
        return number % 2 === 0 ? 'error-before' : 'error-after';
      });
      await runErasures(startProcess(faulty)).catch((error: unknown) => {
        expect(error).toBeInstanceOf(StoreUnavailable);
      });
      await runErasures(startProcess());
      await check();
    }
  }

  it('DEL-4: takes all that was merged into it along, with one entry that names and counts them all', async () => {
    const process = startProcess();
    const contactIds = await mergedTwice(process);
    expect(await erase(process, contactIds[0], { hint: jimsHint })).toMatchObject({ accepted: true });
    await runErasures(process);
    await expectAllGone(contactIds);
    const [entry] = await collect(store.readStream('deleted-contacts'));
    expect(entry?.data).toMatchObject({
      contactIds,
      counts: { identities: 3, conversations: 3, messages: 4, notes: 0, attributes: 0 },
    });
  });

  it('DEL-5: frees every identity, and knows the late redeliveries of each', async () => {
    const process = startProcess();
    const contactIds = await mergedTwice(process);
    await erase(process, contactIds[0], { hint: jimsHint });
    await runErasures(process);
    for (const id of ['e1', 'e2']) expect(await deliver(process, of('moe', id))).toMatchObject({ kind: 'erased' });
    const again = [];
    for (const name of ['jim', 'joe', 'moe'])
      again.push((await received(process, of(name, `${name} again`))).contactId);
    expect(new Set([...again, ...contactIds]).size).toBe(6);
  });

  it('DEL-6: releases an identity that a merge has not moved yet', async () => {
    const process = startProcess();
    const { contactId } = await received(process, of('jim', 'i1'));
    const { contactId: secondaryId } = await received(process, of('joe', 'o1'));
    const wanted = { contactId, secondaryId, winners: [], access: 'all' } as const;
    expect(await joinContacts(process, originOf('merge'), wanted)).toMatchObject({ accepted: true });
    await erase(process, contactId, { hint: jimsHint });
    await runErasures(process);
    expect(await typesOf(identityStream(keyOf('joe')))).toStrictEqual(['IdentityReleased']);
  });

  it('DEL-6: an error at any call of the store is made good for each of them', async () => {
    const contactIds = await mergedTwice(startProcess());
    await erase(startProcess(), contactIds[0], { hint: jimsHint });
    await withAFaultAtEachCall(() => expectAllGone(contactIds));
  }, 60_000);

  /** Joe went into Jim, both wrote, and Joe was given back what came through his identity. */
  async function partedAgain(process: Process): Promise<readonly [string, string]> {
    const [jim, joe] = [await received(process, of('jim', 'i1')), await received(process, of('joe', 'o1'))];
    const mergeId = await merge(process, jim.contactId, joe.contactId);
    for (const [name, id] of [
      ['joe', 'o2'],
      ['jim', 'i2'],
      ['joe', 'o3'],
    ] as const) {
      expect(await received(process, of(name, id))).toMatchObject({ contactId: jim.contactId });
    }
    const undone = await new UndoMergeHandler(process, process.store).execute(
      new UndoMerge(originOf('undo', { actor: 'ann' }), mergeId),
    );
    if (!undone.accepted) throw new Error(undone.refusal.code);
    return [jim.contactId, joe.contactId];
  }
  /** As a process reads them that starts now: others may remember a key for some seconds. */
  const textsOf = async (contactId: string): Promise<unknown[]> =>
    (await collect(openStore().readAll())).flatMap(({ stream, data }) =>
      stream.startsWith(`conversation-${contactId}.`) && 'text' in data ? [data.text] : [],
    );

  it('CON-5, DEL-3: leaves the other one of an undone merge what was given back, under its own key', async () => {
    const process = startProcess();
    const [jim, joe] = await partedAgain(process);
    await erase(process, jim, { hint: jimsHint });
    await runErasures(process);
    expect(await isGone(`contact-${jim}`)).toBe(true);
    expect(await textsOf(joe)).toStrictEqual(['text of o1', 'text of o2', 'text of o3']);
    const moved = (await events()).filter(({ type }) => type === 'MessageMoved');
    expect(moved.map(({ data }) => data)).toMatchObject([
      { contactId: joe, subjectId: joe, direction: 'in', writtenAt: clock.now() },
      { contactId: joe, subjectId: joe, direction: 'in', writtenAt: clock.now() },
    ]);
    const [entry] = await collect(store.readStream('deleted-contacts'));
    expect(entry?.data).toMatchObject({ contactIds: [jim], counts: { conversations: 1, messages: 2 } });
    // Delivered once more, it is the message that it was.
    const before = (await events()).length;
    expect(await received(startProcess(), of('joe', 'o2'))).toMatchObject({ contactId: joe, created: false });
    expect(await events()).toHaveLength(before);
  });

  it('CON-5, DEL-3: takes what was given back along when it is the one that got it', async () => {
    const process = startProcess();
    const [jim, joe] = await partedAgain(process);
    await erase(process, joe, { hint: 'j••••' });
    await runErasures(process);
    expect(await textsOf(jim)).toStrictEqual(['text of i1', '', 'text of i2', '']);
  });

  it('DEL-6: an error at any call of the store leaves each message with the other one, once', async () => {
    const [jim, joe] = await partedAgain(startProcess());
    await erase(startProcess(), jim, { hint: jimsHint });
    await withAFaultAtEachCall(async () => {
      expect(await typesOf('deleted-contacts')).toStrictEqual(erased);
      expect(await isGone(`contact-${jim}`)).toBe(true);
      expect(await textsOf(joe)).toStrictEqual(['text of o1', 'text of o2', 'text of o3']);
    });
  }, 60_000);

  it('CON-5: the deletion of a contact that was merged names who speaks for it', async () => {
    const process = startProcess();
    const [primaryId, , contactId] = await mergedTwice(process);
    expect(await erase(process, contactId, { hint: 'm••••' })).toStrictEqual({
      accepted: false,
      refusal: { code: 'contact-merged', contactId, primaryId },
    });
  });
});

describe('a race of messages with the deletion', () => {
  it('R10: never leaves a readable stream of the erased contact, two open conversations, or a sender without an answer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1_000 }),
        fc.nat(40),
        fc.integer({ min: 1, max: 4 }),
        async (seed, startAt, spread) => {
          emptyStores();
          const delayed = (name: number) =>
            startProcess(
              withFaults(store, ({ number }) => ((number * 31 + seed * name) % 4 === 0 ? 'delay' : undefined)),
            );
          const [one, two, worker] = [delayed(1), delayed(2), delayed(3)] as const;
          const { contactId: erased } = await received(one, message('m0'));
          await received(two, message('m1'));
          const sent = '2026-03-02T12:00:01.000Z';
          const racing = Array.from({ length: 64 }, async (_, n) => {
            for (let turn = 0; turn < n * spread; turn++) await new Promise(setImmediate);
            return received(n % 2 === 0 ? one : two, message(`r${n}`, { sentAt: sent }));
          });
          const deletion = (async () => {
            for (let turn = 0; turn < startAt; turn++) await new Promise(setImmediate);
            expect(await erase(worker, erased)).toMatchObject({ accepted: true });
            await runErasures(worker);
          })();
          const [answers] = await Promise.all([Promise.all(racing), deletion]);
          await runErasures(startProcess());
          const last = await received(startProcess(), message('last', { sentAt: sent }));
          expect(last.contactId).not.toBe(erased);
          const readable = new Set<string>();
          for (const stream of new Set((await events()).map((event) => event.stream))) {
            if (!(await isGone(stream))) readable.add(stream);
          }
          expect([...readable].filter((stream) => stream.includes(erased))).toStrictEqual([]);
          const living = [...readable].filter((stream) => stream.startsWith('conversation-'));
          expect(living).toStrictEqual([`conversation-${last.contactId}.1`]);
          // Each message is where its sender was told: with the erased contact, or with the new one.
          const kept = new Set(
            answers.filter(({ contactId }) => contactId === last.contactId).map(({ messageId }) => messageId),
          );
          const stored = (await collect(store.readStream(living[0] ?? '')))
            .filter(({ type }) => type === 'MessageReceived')
            .map(({ data }) => (data as { messageId: string }).messageId);
          expect(new Set(stored)).toStrictEqual(new Set([...kept, last.messageId]));
          expect(stored).toHaveLength(kept.size + 1);
          for (const { contactId } of answers) expect([erased, last.contactId]).toContain(contactId);
        },
      ),
      { numRuns: 20 },
    );
  }, 180_000);
});
