import { beforeEach, describe, expect, it } from '@jest/globals';
import { contactFacts } from '#contacts/contact';
import { collect } from '#event-sourcing-testing';
import { message } from '../../conversations/inbound/inbound.fixtures.js';
import {
  clock,
  erase,
  ids,
  received,
  runErasures,
  setStage,
  stage,
  startProcess,
  typesOf,
} from './contact-erasure.fixtures.js';

beforeEach(() => {
  setStage();
});

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
    const recorded = await collect(stage.store.readStream('deletion-attempts'));
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
