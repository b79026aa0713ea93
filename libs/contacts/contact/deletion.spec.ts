import { describe, it } from '@jest/globals';
import { scenariosOf } from '#event-sourcing-testing';
import type { ContactCommand } from './commands.js';
import {
  at,
  claimedIdentity,
  command,
  deletionRequested,
  event,
  known,
  note,
  setTier,
  tier,
} from './contact.fixtures.js';
import { contactDecider } from './decide.js';
import type { ContactEvent } from './events.js';

const { given } = scenariosOf(contactDecider);

describe('a block', () => {
  it('CON-6: is blocked and unblocked, each once', () => {
    const blocked = event('ContactBlocked', { blockId: 'b1', reason: 'Threatens.' });
    const block = (blockId: string, reason?: string) => command('BlockContact', { blockId, reason });
    given(known).when(block('b1', 'Threatens.')).then([blocked]);
    given([...known, blocked])
      .when(block('b2'))
      .then([]);
    given(known).when(command('UnblockContact', {})).then([]);
    given([...known, blocked])
      .when(command('UnblockContact', {}))
      .then([event('ContactUnblocked', {})]);
    given([...known, blocked, event('ContactUnblocked', {})])
      .when(block('b2'))
      .then([event('ContactBlocked', { blockId: 'b2' })]);
  });

  it('CON-6: only who sees the contact blocks it', () => {
    given(known)
      .when(command('BlockContact', { blockId: 'b1', reason: undefined, access: new Set(['c2']) }))
      .then({ code: 'not-found' });
    given(known)
      .when(command('UnblockContact', { access: new Set(['c2']) }))
      .then({ code: 'not-found' });
  });

  it('CON-6: of a blocked contact’s message time and identity are recorded, once', () => {
    const where = { messageId: 'm1', channelId: 'c1', identityKey: 'k1' };
    const kept = event('InboundMessageBlocked', { ...where, sentAt: at });
    const record = command('RecordBlockedMessage', { ...where, sentAt: at });
    given([...known, event('ContactBlocked', { blockId: 'b1' })])
      .when(record)
      .then([kept]);
    given([...known, event('ContactBlocked', { blockId: 'b1' }), kept])
      .when(record)
      .then([]);
  });
});

describe('deletion', () => {
  const request = (hint: string, noteText?: string, wholeHint?: string): ContactCommand =>
    command('RequestDeletion', {
      erasureId: 'erasure-1',
      hint,
      wholeHint,
      mergedIds: [],
      reason: 'requested',
      note: noteText,
      adminName: 'Grace',
    });

  it('DEL-1: takes the repeated hint', () => {
    given(known).when(request('u••••')).then([deletionRequested]);
    given(known)
      .when(request(' u•••• ', 'By letter.'))
      .then([
        event('ContactDeletionRequested', {
          erasureId: 'erasure-1',
          hint: 'u••••',
          reason: 'requested',
          note: 'By letter.',
          adminName: 'Grace',
        }),
      ]);
  });

  it('DEL-1: refuses a wrong hint, and tells when it was right before', () => {
    const renamed = event('ContactRenamed', { name: 'Ada Lovelace' });
    given(known).when(request('x••••')).then({ code: 'hint-mismatch' });
    given([...known, renamed])
      .when(request('u••••'))
      .then({ code: 'hint-changed' });
    given([...known, renamed])
      .when(request('A••••'))
      .then({ code: 'hint-mismatch' });
  });

  it('DEL-1: asks a merged contact for the hint of the whole, which can be another one’s name', () => {
    given(known)
      .when(request('A•••• L••••', undefined, 'A•••• L••••'))
      .then([{ ...deletionRequested, data: { ...deletionRequested.data, hint: 'A•••• L••••' } } as ContactEvent]);
    given(known)
      .when(request('u••••', undefined, 'A•••• L••••'))
      .then({ code: 'hint-changed' });
  });

  it('DEL-1: takes nobody along who was merged in since the sender looked', () => {
    const merged = event('ContactsMerged', {
      mergeId: 'bob.1',
      secondaryId: 'bob',
      contactIds: ['bob'],
      values: [],
      bringsVip: false,
    });
    given([...known, merged])
      .when(request('u••••'))
      .then({ code: 'hint-changed' });
    given([...known, merged])
      .when({ ...request('u••••'), mergedIds: ['bob'] } as ContactCommand)
      .then([{ ...deletionRequested, data: { ...deletionRequested.data, mergedIds: ['bob'] } } as ContactEvent]);
  });

  it('DEL-6: seals the contact: every later command is refused', () => {
    const later: readonly ContactCommand[] = [
      command('EnsureContact', { identities: [claimedIdentity] }),
      command('CreateContact', { identities: [], name: 'Ada', values: [] }),
      command('RenameContact', { name: 'Ada' }),
      setTier('gold', { access: 'all' }),
      command('ClearAttribute', { name: 'tier', definition: tier }),
      command('MarkVip', {}),
      command('UnmarkVip', {}),
      note('Call her.'),
      command('EditContactNote', { noteId: 'n1', text: 'x' }),
      command('RemoveContactNote', { noteId: 'n1' }),
      command('BlockContact', { blockId: 'b1', reason: undefined }),
      command('UnblockContact', {}),
      command('RecordBlockedMessage', { messageId: 'm1', channelId: 'c1', identityKey: 'k1', sentAt: undefined }),
      request('u••••'),
    ];
    for (const one of later)
      given([...known, deletionRequested])
        .when(one)
        .then({ code: 'contact-deleted' });
  });
});
