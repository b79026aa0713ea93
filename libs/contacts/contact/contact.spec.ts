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
  event,
  identity,
  known,
  note,
  seen,
  setTier,
  tier,
  tierSet,
  vip,
  waId,
} from './contact.fixtures.js';
import { contactDecider } from './decide.js';
import { contactEvents } from './events.js';
import { valueSources } from './events/attributes.js';

const { given } = scenariosOf(contactDecider);
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
