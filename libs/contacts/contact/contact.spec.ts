import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { scenariosOf, testDeciderProperties, testGoldenEvents } from '#event-sourcing-testing';
import type { ContactCommand } from './commands.js';
import {
  at,
  attached,
  claimedIdentity,
  command,
  created,
  deletionRequested,
  event,
  identity,
  known,
  seen,
  tier,
  vip,
  waId,
} from './contact.fixtures.js';
import { contactDecider } from './decide.js';
import { contactEvents } from './events.js';
import type { ContactEvent } from './events.js';
import { valueSources } from './events/attributes.js';

const { given } = scenariosOf(contactDecider);

const setTier = (value: unknown, more: object = {}): ContactCommand =>
  command('SetAttribute', { name: 'tier', definition: tier, value, ...more });
const tierSet = (value: string): ContactEvent => event('AttributeSet', { alias: 'tier', value, source: 'agent' });
const note = (text: string): ContactCommand => command('AddContactNote', { noteId: 'n1', text });
const noteAdded = event('ContactNoteAdded', { noteId: 'n1', text: 'Call her.' });

describe('creation', () => {
  it('CON-1: the first message of an identity makes the contact, seen on its channel', () => {
    given([])
      .when(command('EnsureContact', { identities: [claimedIdentity] }))
      .then([event('ContactCreated', { createdBy: 'ann' }), attached, seen]);
  });

  it('CON-1: who finishes what a crash left adds only what is missing', () => {
    given([created])
      .when(command('EnsureContact', { identities: [claimedIdentity] }))
      .then([attached, seen]);
    given(known)
      .when(command('EnsureContact', { identities: [claimedIdentity] }))
      .then([]);
  });

  it('CON-1: by hand, with identities, name and values', () => {
    given([])
      .when(
        command('CreateContact', {
          identities: [{ ...claimedIdentity, channelId: undefined }],
          name: 'Ada',
          values: [
            { name: 'tier', definition: tier, value: 'gold', matchKeys: ['k-gold'] },
            { name: 'vip', definition: vip, value: true, matchKeys: [] },
          ],
        }),
      )
      .then([
        event('ContactCreated', { createdBy: 'ann' }),
        attached,
        event('ContactRenamed', { name: 'Ada' }),
        event('AttributeSet', { alias: 'tier', value: 'gold', source: 'agent', matchKeys: ['k-gold'] }),
        event('VipMarked', { source: 'agent' }),
      ]);
  });

  it('CON-1: by hand, after a message through the claimed identity has made it: adds name and values', () => {
    given(known)
      .when(command('CreateContact', { identities: [claimedIdentity], name: 'Ada', values: [] }))
      .then([event('ContactRenamed', { name: 'Ada' })]);
  });

  it('ATT-2: by hand, with a value that does not fit, makes nothing', () => {
    given([])
      .when(
        command('CreateContact', {
          identities: [],
          name: undefined,
          values: [{ name: 'tier', definition: tier, value: 'bronze', matchKeys: [] }],
        }),
      )
      .then({ code: 'attribute-misfit', alias: 'tier', reason: 'not-an-option' });
  });
});

describe('access', () => {
  it('ASG-6: a contact met only on other channels does not exist for an agent', () => {
    given(known)
      .when(setTier('gold', { access: new Set(['c2']) }))
      .then({ code: 'not-found' });
  });

  it('CON-1: a contact without a channel exists for its creator, and for who sees everything', () => {
    const byHand = event('ContactCreated', { createdBy: 'ann' });
    given([byHand])
      .when(setTier('gold', { access: new Set() }))
      .then([tierSet('gold')]);
    given([created]).when(setTier('gold')).then({ code: 'not-found' });
    given([created])
      .when(setTier('gold', { access: 'all' }))
      .then([tierSet('gold')]);
    given([byHand, attached, seen])
      .when(setTier('gold', { access: new Set() }))
      .then({ code: 'not-found' });
  });

  it('ASG-6: a contact that never was does not exist', () => {
    given([])
      .when(setTier('gold', { access: 'all' }))
      .then({ code: 'not-found' });
  });
});

describe('the name', () => {
  it('CON-3: is set by hand, once', () => {
    const renamed = event('ContactRenamed', { name: 'Ada' });
    given(known)
      .when(command('RenameContact', { name: 'Ada' }))
      .then([renamed]);
    given([...known, renamed])
      .when(command('RenameContact', { name: 'Ada' }))
      .then([]);
  });
});

describe('attribute values', () => {
  it('ATT-4: a new value is recorded, the value that is there is not', () => {
    given(known)
      .when(setTier('gold'))
      .then([tierSet('gold')]);
    given([...known, tierSet('gold')])
      .when(setTier('gold'))
      .then([]);
    given([...known, tierSet('gold')])
      .when(setTier('silver'))
      .then([tierSet('silver')]);
  });

  it('ATT-7: a value that has outlived its retention is cleared, when it is there', () => {
    const expire = command('ExpireValue', { alias: 'tier' });
    given([...known, tierSet('gold')])
      .when(expire)
      .then([event('AttributeCleared', { alias: 'tier', source: 'automation' })]);
    given(known).when(expire).then([]);
  });

  it('ATT-4: clearing is an event, when there is something to clear', () => {
    const clear = command('ClearAttribute', { name: 'tier', definition: tier });
    given([...known, tierSet('gold')])
      .when(clear)
      .then([event('AttributeCleared', { alias: 'tier', source: 'agent' })]);
    given(known).when(clear).then([]);
  });

  it('ATT-2: several values of a repeatable one are one value, in order', () => {
    const emails = { ...tier, alias: 'emails', format: 'email', repeatable: true } as const;
    const set = (value: unknown): ContactCommand =>
      command('SetAttribute', { name: 'emails', definition: emails, value });
    const was = event('AttributeSet', { alias: 'emails', value: ['a@x.org', 'b@x.org'], source: 'agent' });
    given([...known, was])
      .when(set(['a@x.org', 'b@x.org', 'a@x.org']))
      .then([]);
    given([...known, was])
      .when(set(['b@x.org']))
      .then([event('AttributeSet', { alias: 'emails', value: ['b@x.org'], source: 'agent' })]);
  });

  it('ATT-2: a value that does not fit is refused with the reason', () => {
    given(known)
      .when(setTier({ $ne: null }))
      .then({
        code: 'attribute-misfit',
        alias: 'tier',
        reason: 'not-an-option',
      });
  });

  it('ATT-1: an unknown alias is refused', () => {
    given(known)
      .when(command('SetAttribute', { name: 'shoeSize', definition: undefined, value: 38 }))
      .then({ code: 'unknown-attribute', alias: 'shoeSize' });
  });

  it('ATT-1: nobody but the system changes a platform attribute, whatever the role', () => {
    for (const source of valueSources) {
      given(known)
        .when(command('SetAttribute', { name: 'waId', definition: waId, value: '1', source, access: 'all' }))
        .then({ code: 'platform-attribute', alias: 'waId' });
      given(known)
        .when(command('ClearAttribute', { name: 'waId', definition: waId, source, access: 'all' }))
        .then({ code: 'platform-attribute', alias: 'waId' });
    }
  });

  it('ATT-1: nor one that a custom channel has filled', () => {
    const told = event('AttributeSet', { alias: 'plan', medium: 'custom', value: 'pro', source: 'channel' });
    for (const name of ['plan', 'custom.plan']) {
      given([...known, told])
        .when(command('SetAttribute', { name, definition: undefined, value: 'free' }))
        .then({ code: 'platform-attribute', alias: name });
    }
  });

  it('ATT-3: switched off, an attribute is set by services, not by agents', () => {
    const off = { definition: { ...tier, enabled: false } };
    given(known).when(setTier('gold', off)).then({ code: 'attribute-disabled', alias: 'tier' });
    given(known)
      .when(setTier('gold', { ...off, actor: { id: 'shop', role: 'service' }, source: 'service' }))
      .then([event('AttributeSet', { alias: 'tier', value: 'gold', source: 'service' })]);
  });

  it('ATT-4: a service says on whose behalf it writes; nobody else can', () => {
    const service = { id: 'shop', role: 'service' } as const;
    for (const source of ['service', 'crm', 'autoresponder', 'automation'] as const) {
      given(known)
        .when(setTier('gold', { actor: service, source }))
        .then([event('AttributeSet', { alias: 'tier', value: 'gold', source })]);
    }
    for (const source of ['agent', 'channel', 'merge'] as const) {
      given(known)
        .when(setTier('gold', { actor: service, source }))
        .then({ code: 'source-not-allowed', source });
    }
    given(known)
      .when(setTier('gold', { source: 'crm' }))
      .then({ code: 'source-not-allowed', source: 'crm' });
  });

  it('ATT-5: what the CRM manages is set by services, not by agents', () => {
    const managed = { definition: { ...tier, managed: true } };
    given(known).when(setTier('gold', managed)).then({ code: 'managed-attribute', alias: 'tier' });
    given(known)
      .when(setTier('gold', { ...managed, actor: { id: 'shop', role: 'service' }, source: 'crm' }))
      .then([event('AttributeSet', { alias: 'tier', value: 'gold', source: 'crm' })]);
  });

  it('ATT-2: a retired option can be set no more, and what has it keeps it', () => {
    const options = tier.options.map((option) => ({ ...option, retired: option.optionId === 'gold' }));
    const gold = event('AttributeSet', { alias: 'tier', value: 'gold', source: 'agent' });
    given(known)
      .when(setTier('gold', { definition: { ...tier, options } }))
      .then({ code: 'attribute-misfit', alias: 'tier', reason: 'not-an-option' });
    given([...known, gold])
      .when(setTier('silver', { definition: { ...tier, options } }))
      .then([event('AttributeSet', { alias: 'tier', value: 'silver', source: 'agent' })]);
  });
});

describe('VIP', () => {
  const marked = event('VipMarked', { source: 'agent' });
  const unmarked = event('VipUnmarked', { source: 'agent' });

  it('ATT-6: is marked and unmarked, once each', () => {
    given(known).when(command('MarkVip', {})).then([marked]);
    given([...known, marked])
      .when(command('MarkVip', {}))
      .then([]);
    given([...known, marked])
      .when(command('UnmarkVip', {}))
      .then([unmarked]);
    given(known).when(command('UnmarkVip', {})).then([]);
  });

  it('ATT-6: switched off, marking is refused; flags are kept and can be taken away', () => {
    given(known)
      .when(command('MarkVip', { vipEnabled: false }))
      .then({ code: 'vip-disabled' });
    given([...known, marked])
      .when(command('UnmarkVip', {}))
      .then([unmarked]);
  });

  it('ATT-6: is a standard attribute, set and cleared like one', () => {
    given(known)
      .when(command('SetAttribute', { name: 'vip', definition: vip, value: true }))
      .then([marked]);
    given([...known, marked])
      .when(command('SetAttribute', { name: 'vip', definition: vip, value: false }))
      .then([unmarked]);
    given([...known, marked])
      .when(command('ClearAttribute', { name: 'vip', definition: vip }))
      .then([unmarked]);
  });
});

describe('what a channel tells', () => {
  const told = {
    channelId: 'c1',
    medium: 'custom',
    identityKey: 'k1',
    displayName: 'Ada',
    values: [
      { alias: 'plan', value: 'pro', matchKeys: ['k-pro'] },
      { alias: 'language', value: 'nl', matchKeys: [] },
    ],
    language: 'nl',
  } as const;
  const source = 'channel';
  const plan = event('AttributeSet', { alias: 'plan', medium: 'custom', value: 'pro', source, matchKeys: ['k-pro'] });
  const spoken = event('AttributeSet', { alias: 'language', medium: 'custom', value: 'nl', source });
  const language = event('AttributeSet', { alias: 'language', value: 'nl', source });
  const profileName = event('ProfileNameChanged', { identityKey: 'k1', profileName: 'Ada' });

  it('ATT-1: becomes values of the medium, and the standard language', () => {
    given(known).when(command('RecordProfile', told)).then([profileName, plan, spoken, language]);
  });

  it('ATT-1: equal values record nothing; what is not told stays', () => {
    const before = [...known, profileName, plan, spoken, language];
    given(before).when(command('RecordProfile', told)).then([]);
    given(before)
      .when(command('RecordProfile', { ...told, displayName: undefined, values: [], language: undefined }))
      .then([]);
  });

  it('ATT-1: a language corrected by hand stays until the channel tells another one', () => {
    const corrected = event('AttributeSet', { alias: 'language', value: 'fr', source: 'agent' });
    const before = [...known, profileName, plan, spoken, language, corrected];
    given(before).when(command('RecordProfile', told)).then([]);
    given(before)
      .when(
        command('RecordProfile', {
          ...told,
          values: [{ alias: 'language', value: 'de', matchKeys: [] }],
          language: 'de',
        }),
      )
      .then([
        event('AttributeSet', { alias: 'language', medium: 'custom', value: 'de', source }),
        event('AttributeSet', { alias: 'language', value: 'de', source }),
      ]);
  });

  it('ASG-6: shows the contact to those with access to another channel of the same scope', () => {
    given(known)
      .when(command('RecordProfile', { ...told, channelId: 'c2', displayName: undefined, values: [] }))
      .then([event('ContactSeenOnChannel', { channelId: 'c2', identityKey: 'k1' })]);
  });

  it('CON-2: says nothing about a contact without the identity', () => {
    given([created]).when(command('RecordProfile', told)).then({ code: 'not-found' });
  });
});

describe('notes', () => {
  it('CON-4: are written, edited and removed', () => {
    given(known).when(note('Call her.')).then([noteAdded]);
    given([...known, noteAdded])
      .when(command('EditContactNote', { noteId: 'n1', text: 'Mail her.' }))
      .then([event('ContactNoteEdited', { noteId: 'n1', text: 'Mail her.' })]);
    given([...known, noteAdded])
      .when(command('EditContactNote', { noteId: 'n1', text: 'Call her.' }))
      .then([]);
    given([...known, noteAdded])
      .when(command('RemoveContactNote', { noteId: 'n1' }))
      .then([event('ContactNoteRemoved', { noteId: 'n1' })]);
  });

  it('CON-4: that are not there, or not any more, are refused', () => {
    const removed = event('ContactNoteRemoved', { noteId: 'n1' });
    given(known)
      .when(command('RemoveContactNote', { noteId: 'n1' }))
      .then({ code: 'not-found' });
    given([...known, noteAdded, removed])
      .when(command('EditContactNote', { noteId: 'n1', text: 'x' }))
      .then({ code: 'not-found' });
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

describe('every contact command and event', () => {
  const text = fc.constantFrom('a', 'b', 'c');
  const noteId = fc.constantFrom('a', 'b', 'c');
  const source = fc.constantFrom(...valueSources);
  const access = fc.constantFrom('all' as const, new Set<string>(), new Set(['a']));
  const definition = fc.constantFrom(undefined, tier, vip, waId, { ...tier, alias: 'a', format: 'text' as const });
  const value = fc.oneof(fc.constantFrom('gold', 'a', true, false), fc.jsonValue({ maxDepth: 1 }));
  const wanted = fc.record({ name: text, definition, value, matchKeys: fc.constant([]) });
  const identities = fc.uniqueArray(
    fc.record({ identityKey: text, channelId: fc.constantFrom(undefined, 'a', 'b') }).map((one) => ({
      ...identity,
      ...one,
    })),
    { selector: ({ identityKey }) => identityKey, maxLength: 2 },
  );
  const commands: fc.Arbitrary<ContactCommand> = fc.oneof(
    identities.map((list) => command('EnsureContact', { identities: list })),
    fc
      .record({
        identities,
        name: fc.option(text, { nil: undefined }),
        values: fc.uniqueArray(wanted, { selector: (one) => one.definition?.alias ?? one.name, maxLength: 3 }),
        vipEnabled: fc.boolean(),
        source,
      })
      .map((data) => command('CreateContact', data)),
    fc
      .record({
        channelId: text,
        medium: fc.constantFrom('custom' as const, 'viber' as const),
        identityKey: text,
        displayName: fc.option(text, { nil: undefined }),
        values: fc.uniqueArray(
          fc.record({ alias: fc.constantFrom('a', 'language'), value: text, matchKeys: fc.constant([]) }),
          {
            selector: ({ alias }) => alias,
          },
        ),
        language: fc.option(text, { nil: undefined }),
      })
      .map((data) => command('RecordProfile', data)),
    fc.record({ name: text, access }).map((data) => command('RenameContact', data)),
    fc
      .record({ wanted, access, source, vipEnabled: fc.boolean() })
      .map(({ wanted: one, ...data }) => command('SetAttribute', { ...one, ...data })),
    fc.record({ name: text, definition, access, source }).map((data) => command('ClearAttribute', data)),
    fc.record({ access, source, vipEnabled: fc.boolean() }).map((data) => command('MarkVip', data)),
    fc.record({ access, source }).map((data) => command('UnmarkVip', data)),
    fc.record({ noteId, text, access }).map((data) => command('AddContactNote', data)),
    fc.record({ noteId, text, access }).map((data) => command('EditContactNote', data)),
    fc.record({ noteId, access }).map((data) => command('RemoveContactNote', data)),
    fc
      .record({ blockId: text, reason: fc.option(text, { nil: undefined }), access })
      .map((data) => command('BlockContact', data)),
    fc.record({ access }).map((data) => command('UnblockContact', data)),
    fc
      .record({ messageId: text, channelId: text, identityKey: text, sentAt: fc.constantFrom(undefined, at) })
      .map((data) => command('RecordBlockedMessage', data)),
    fc
      .record({
        hint: fc.constantFrom('••••', 'a••••', 'x'),
        wholeHint: fc.option(fc.constantFrom('••••', 'a••••'), { nil: undefined }),
        note: fc.option(text, { nil: undefined }),
      })
      .map((data) => {
        const deletion = { ...data, mergedIds: [], erasureId: 'e', reason: 'requested', adminName: 'Grace' };
        return command('RequestDeletion', deletion);
      }),
  );
  const values = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
  testDeciderProperties({
    decider: contactDecider,
    definitions: contactEvents.definitions,
    commands,
    fields: {
      ContactHandedOver: { winners: fc.constant([{ alias: 'a', contactId: 'ada' }]) },
      ContactsMerged: { values: fc.constantFrom([], [{ alias: 'a', contactId: 'b' }]) },
      AttributeSet: { value: values.map((one) => (one === 0 ? 0 : one)) },
    },
  });
  testGoldenEvents(import.meta.dirname, contactEvents.definitions);
});
