import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimIdentity, identityKey, identityStream } from '#contacts/identity';
import { StoreUnavailable } from '#event-sourcing';
import type { RecordedEvent } from '#event-sourcing';
import {
  collect,
  createInMemoryKeyStore,
  emptyLog,
  startWorker,
  withFaults,
  withKeyFaults,
} from '#event-sourcing-testing';
import { openByHand } from '../../conversations/conversation/open-by-hand.js';
import { touch } from '../../conversations/conversation/touch.js';
import { message, originOf } from '../../conversations/inbound/inbound.fixtures.js';
import { verifyDeletedContacts } from '../audit/index.js';
import { removal } from '../when-unreadable-then-remove/index.js';
import { react } from './react.js';
import { reconcileErasures } from './reconcile.js';
import { contactErasure } from './workflow.js';
import {
  bareLog,
  clock,
  deliver,
  erase,
  erased,
  events,
  ids,
  isGone,
  janesHint,
  received,
  reopened,
  runErasures,
  setStage,
  sha256,
  stage,
  startProcess,
  typesOf,
  untilRecorded,
} from './contact-erasure.fixtures.js';
import type { Process } from './contact-erasure.fixtures.js';

beforeEach(() => {
  setStage();
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
    const readable = await collect(stage.store.readStream(identity[0]?.stream ?? ''));
    expect(readable.map(({ type }) => type)).toStrictEqual(['IdentityReleased']);
    expect(await typesOf('deleted-contacts')).toStrictEqual(erased);
    const [entry] = await collect(stage.store.readStream('deleted-contacts'));
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
    expect(await verifyDeletedContacts(stage.store, sha256)).toMatchObject({ ok: true, entries: 1 });
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
    expect(JSON.stringify(await collect(stage.store.readStream(`contact-${again.contactId}`)))).not.toContain(
      old.contactId,
    );
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
        setStage();
        const process = startProcess();
        const { contactId } = await received(process, message('m1'));
        await erase(process, contactId);
        const faulty = withFaults(stage.store, (call) => {
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
        setStage();
        const { contactId } = await received(startProcess(), message('m1'));
        await erase(startProcess(), contactId);
        const faulty = withKeyFaults(createInMemoryKeyStore(stage.kept), (call) => {
          met ||= call === number;
          return call === number ? fault : undefined;
        });
        await runErasures(startProcess(reopened(), faulty)).catch((error: unknown) => {
          expect(error).toBeInstanceOf(StoreUnavailable);
        });
        await runErasures(startProcess());
        expect(await typesOf('deleted-contacts')).toStrictEqual(erased);
        expect(stage.kept.kept.get(contactId)?.key).toBe('destroyed');
      }
    }
  });

  it('DEL-3: once the key is destroyed its events decode as erased, and tell that something happened', async () => {
    const process = startProcess();
    const { contactId, conversationId } = await received(process, message('m1'));
    const stream = `conversation-${conversationId}`;
    const readable = await collect(stage.store.readStream(stream));
    await process.keys.destroy(contactId, '{}');
    const shut = await collect(reopened().readStream(stream));
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
      const before = { log: structuredClone(bareLog(stage.log)), kept: new Map(stage.kept.kept) };
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
      setStage({ kept: new Map(before.kept) }, stage.log);
      await reconcileErasures(startProcess());
      expect(stage.kept.kept.get(contactId)?.key).toBe('destroyed');
      expect(await typesOf('deleted-contacts')).toStrictEqual(erased);
    });

    it('S8: of the events: what the key store knows of is recorded and erased again, with one entry', async () => {
      const { contactId, before } = await erasedOnce();
      const [entry] = await collect(stage.store.readStream('deleted-contacts'));
      setStage(stage.kept, { ...emptyLog(), ...before.log });
      const readable = await collect(stage.store.readStream(`conversation-${contactId}.1`));
      expect(readable.every(({ hidden, type }) => hidden !== undefined || type !== 'MessageReceived')).toBe(true);
      const process = await restart();
      expect(await isGone(`contact-${contactId}`)).toBe(true);
      expect(await isGone(`conversation-${contactId}.1`)).toBe(true);
      expect(await typesOf('deleted-contacts')).toStrictEqual(erased);
      const [again] = await collect(stage.store.readStream('deleted-contacts'));
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

describe('a race of messages with the deletion', () => {
  it('R10: never leaves a readable stream of the erased contact, two open conversations, or a sender without an answer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1_000 }),
        fc.nat(40),
        fc.integer({ min: 1, max: 4 }),
        async (seed, startAt, spread) => {
          setStage();
          const delayed = (name: number) =>
            startProcess(
              withFaults(stage.store, ({ number }) => ((number * 31 + seed * name) % 4 === 0 ? 'delay' : undefined)),
            );
          const [one, two, worker] = [delayed(1), delayed(2), delayed(3)] as const;
          const { contactId: gone } = await received(one, message('m0'));
          await received(two, message('m1'));
          const sent = '2026-03-02T12:00:01.000Z';
          const racing = Array.from({ length: 64 }, async (_, n) => {
            for (let turn = 0; turn < n * spread; turn++) await new Promise(setImmediate);
            return received(n % 2 === 0 ? one : two, message(`r${n}`, { sentAt: sent }));
          });
          const deletion = (async () => {
            for (let turn = 0; turn < startAt; turn++) await new Promise(setImmediate);
            expect(await erase(worker, gone)).toMatchObject({ accepted: true });
            await runErasures(worker);
          })();
          const [answers] = await Promise.all([Promise.all(racing), deletion]);
          await runErasures(startProcess());
          const last = await received(startProcess(), message('last', { sentAt: sent }));
          expect(last.contactId).not.toBe(gone);
          const readable = new Set<string>();
          for (const stream of new Set((await events()).map((event) => event.stream))) {
            if (!(await isGone(stream))) readable.add(stream);
          }
          expect([...readable].filter((stream) => stream.includes(gone))).toStrictEqual([]);
          const living = [...readable].filter((stream) => stream.startsWith('conversation-'));
          expect(living).toStrictEqual([`conversation-${last.contactId}.1`]);
          // Each message is where its sender was told: with the erased contact, or with the new one.
          const here = new Set(
            answers.filter(({ contactId }) => contactId === last.contactId).map(({ messageId }) => messageId),
          );
          const stored = (await collect(stage.store.readStream(living[0] ?? '')))
            .filter(({ type }) => type === 'MessageReceived')
            .map(({ data }) => (data as { messageId: string }).messageId);
          expect(new Set(stored)).toStrictEqual(new Set([...here, last.messageId]));
          expect(stored).toHaveLength(here.size + 1);
          for (const { contactId } of answers) expect([gone, last.contactId]).toContain(contactId);
        },
      ),
      { numRuns: 20 },
    );
  }, 180_000);
});
