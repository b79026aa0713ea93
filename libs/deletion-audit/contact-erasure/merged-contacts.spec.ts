import { beforeEach, describe, expect, it } from '@jest/globals';
import { joinContacts } from '#contacts/contact';
import { identityKey, identityStream } from '#contacts/identity';
import type { InboundMessage } from '#conversations/inbound';
import { StoreUnavailable } from '#event-sourcing';
import { collect, emptyLog, withFaults } from '#event-sourcing-testing';
import {
  MergeContacts,
  MergeContactsHandler,
  UndoMerge,
  UndoMergeHandler,
} from '../../conversations/when-contacts-merged-then-hand-over/handlers.js';
import { message, originOf } from '../../conversations/inbound/inbound.fixtures.js';
import {
  bareLog,
  clock,
  deliver,
  erase,
  erased,
  events,
  ids,
  isGone,
  received,
  reopened,
  runErasures,
  setStage,
  stage,
  startProcess,
  typesOf,
} from './contact-erasure.fixtures.js';
import type { Process } from './contact-erasure.fixtures.js';

beforeEach(() => {
  setStage();
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
      expect(stage.kept.kept.get(contactId)?.key).toBe('destroyed');
      expect(await isGone(`contact-${contactId}`)).toBe(true);
    }
    for (const stream of new Set((await events()).map((event) => event.stream))) {
      if (contactIds.some((contactId) => stream.includes(contactId))) expect(await isGone(stream)).toBe(true);
    }
  }

  /** From what was requested the erasure is run anew for each call of the stage.store, which fails, and then once without. */
  async function withAFaultAtEachCall(check: () => Promise<void>): Promise<void> {
    const requested = { log: bareLog(stage.log), kept: stage.kept.kept };
    for (let number = 0, met = true; met; number++) {
      met = false;
      setStage({ kept: new Map(requested.kept) }, { ...emptyLog(), ...structuredClone(requested.log) });
      const faulty = withFaults(stage.store, (call) => {
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
    const [entry] = await collect(stage.store.readStream('deleted-contacts'));
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
    (await collect(reopened().readAll())).flatMap(({ stream, data }) =>
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
    const [entry] = await collect(stage.store.readStream('deleted-contacts'));
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
