import { describe, expect, it } from '@jest/globals';
import type { Viewer } from '#access/user';
import { attributeDirectory } from '#attributes/attributes';
import type { AttributeCatalogue } from '#attributes/attributes';
import type { ConversationEvent } from '#conversations/conversation';
import { noSide } from '#event-sourcing';
import type { Actor, ReadModels } from '#event-sourcing';
import { projectedDocuments, recordEvents } from '#event-sourcing-testing';
import type { RecordedAs } from '#event-sourcing-testing';
import { at, attached, created, deletionRequested, event, seen } from '../contact/contact.fixtures.js';
import type { ContactEvent } from '../contact/index.js';
import { contactNotesProjection } from '../contact-notes/index.js';
import type { ConversationEventRead } from './conversation-events.js';
import { contactsProjection } from './project.js';
import { contactView } from './queries.js';

type Read = ContactEvent | ConversationEventRead;

/** Holds the page's own words for the conversations' events against those that are written. */
type Written = Extract<ConversationEvent, { type: ConversationEventRead['type'] }>;
const written: (event: Written) => ConversationEventRead = (one) => one;

const ann = { id: 'ann', role: 'agent' } as const;
const channel = { id: 'c1', role: 'contact' } as const;
const conversation = (n: number): RecordedAs => ({ stream: `conversation-ada.${n}`, at });
const opened = (n: number, channelId = 'c1'): readonly [Read, RecordedAs] => [
  { type: 'ConversationOpened', data: { contactId: 'ada', conversationId: `ada.${n}`, channelId } },
  conversation(n),
];
const closed = (n: number): readonly [Read, RecordedAs] => [
  { type: 'ConversationClosed', data: { contactId: 'ada', conversationId: `ada.${n}` } },
  conversation(n),
];
const received = (n: number, channelId: string): readonly [Read, RecordedAs] => [
  { type: 'MessageReceived', data: { contactId: 'ada', conversationId: `ada.${n}`, channelId } },
  conversation(n),
];
const assigned = (userId: string): readonly [Read, RecordedAs] => [
  { type: 'ConversationAssigned', data: { contactId: 'ada', conversationId: 'ada.1', userId } },
  conversation(1),
];
const own = (one: ContactEvent, actor: Actor = ann, when = at): readonly [Read, RecordedAs] => [
  one,
  { stream: 'contact-ada', actor, at: when },
];

const met = [own(created, channel), own(attached, channel), own(seen, channel)];

function document(...events: (readonly [Read, RecordedAs])[]): object | undefined {
  return projectedDocuments(contactsProjection, recordEvents<Read>([...met, ...events])).get('ada');
}

/** Read models over the documents that the events make. */
function models(...events: (readonly [Read, RecordedAs])[]): ReadModels {
  const recorded = recordEvents<Read>([...met, ...events]);
  const contacts = projectedDocuments(contactsProjection, recorded);
  const notes = [...projectedDocuments(contactNotesProjection, recorded)].map(([_id, note]) => ({ _id, ...note }));
  return {
    get: (_model: string, id: string) => Promise.resolve(contacts.get(id)),
    page: () => Promise.resolve(notes.toReversed()),
    count: () => Promise.resolve(notes.length),
  } as unknown as ReadModels;
}

const catalogue = recordEvents([
  { type: 'AttributeDefined', data: { alias: 'tier', label: 'Tier', format: 'text', repeatable: false } } as const,
]).reduce(attributeDirectory.evolve, attributeDirectory.initial);
const everything: Viewer = { userId: 'grace', role: 'admin', channels: 'all' };
const agentOf = (...channels: string[]): Viewer => ({ userId: 'ann', role: 'agent', channels: new Set(channels) });

describe('the document of a contact', () => {
  it('CON-1: begins with who was met where', () => {
    expect(document()).toStrictEqual({
      createdBy: 'c1',
      createdAt: at,
      revision: 2,
      givenName: null,
      identities: [
        {
          identityKey: 'k1',
          medium: 'custom',
          idScope: 'c1',
          externalUserId: 'user-17',
          profileName: null,
          channelIds: ['c1'],
        },
      ],
      channelIds: ['c1'],
      values: [],
      vip: false,
      blocked: false,
      blockedMessages: [],
      absorbed: [],
      mergedInto: null,
      deleting: false,
      assignee: null,
      conversations: [],
      olderConversations: [],
    });
  });

  it('ATT-4: keeps source, actor and time of each value, until it is cleared', () => {
    const set = event('AttributeSet', { alias: 'tier', value: 'gold', source: 'agent' });
    const later = '2026-11-22T09:30:00.000Z';
    const value = { alias: 'tier', medium: null, value: 'gold', source: 'agent', actor: ann, at: later };
    expect(document(own(set, ann, later))).toMatchObject({ values: [value] });
    const cleared = event('AttributeCleared', { alias: 'tier', source: 'agent' });
    expect(document(own(set), own(cleared))).toMatchObject({ values: [], revision: 4 });
  });

  it('ASG-4: keeps the assignee after the conversation is closed', () => {
    expect(document(opened(1), assigned('ann'), closed(1))).toMatchObject({ assignee: { userId: 'ann' } });
  });

  it('CNV-1: lists conversations with their channels, newest first, and counts those that fall off', () => {
    const many = Array.from({ length: 22 }, (_, index) => [opened(index + 1), closed(index + 1)]).flat();
    const { conversations, olderConversations } = document(received(1, 'c1'), ...many) as {
      conversations: { conversationId: string }[];
      olderConversations: unknown;
    };
    expect(conversations.map(({ conversationId }) => conversationId)).toStrictEqual(
      Array.from({ length: 20 }, (_, index) => `ada.${22 - index}`),
    );
    expect(olderConversations).toStrictEqual([{ channelIds: ['c1'], count: 2 }]);
  });

  it('CNV-1: stays the same document when a message comes on a channel it knows', () => {
    const before = document(opened(1));
    const [message] = recordEvents<Read>([received(1, 'c1')]);
    expect(message && contactsProjection.project(before, message, 'ada', noSide)).toBe(before);
  });

  it('DEL-2: goes with its contact, notes too', () => {
    expect(contactsProjection.owners('ada', document() ?? {})).toStrictEqual(['ada']);
    const note = event('ContactNoteAdded', { noteId: 'n1', text: 'Call her.' });
    const notes = projectedDocuments(contactNotesProjection, recordEvents<Read>([own(note)]));
    expect(contactNotesProjection.owners('n1', notes.get('n1') ?? {})).toStrictEqual(['ada']);
  });

  it('DEL-6: does not come back by an event of an erased contact', () => {
    expect(projectedDocuments(contactsProjection, recordEvents<Read>([opened(1), assigned('ann')]))).toStrictEqual(
      new Map(),
    );
  });

  it('reads the conversations’ events as they are written', () => {
    const event = { type: 'ConversationClosed', data: { contactId: 'ada', conversationId: 'ada.1', cause: 'user' } };
    expect(written(event as Written)).toBe(event);
  });
});

describe('the contact page', () => {
  const see = (
    viewer: Viewer,
    events: readonly (readonly [Read, RecordedAs])[],
    list: AttributeCatalogue = catalogue,
  ) => contactView(models(...events), { catalogue: list, groups: new Map() }, 'ada', viewer);
  const told = own(
    event('AttributeSet', { alias: 'plan', medium: 'custom', value: 'pro', source: 'channel' }),
    channel,
  );
  const tier = own(event('AttributeSet', { alias: 'tier', value: 'gold', source: 'agent' }));
  const language = own(event('AttributeSet', { alias: 'language', value: 'nl', source: 'agent' }));

  it('CON-3: follows the name and its hint', async () => {
    const profile = own(event('ProfileNameChanged', { identityKey: 'k1', profileName: 'Ada L' }));
    expect(await see(everything, [profile])).toMatchObject({ name: 'Ada L', hint: 'A•••• L••••' });
    const renamed = own(event('ContactRenamed', { name: 'Ada' }));
    expect(await see(everything, [profile, renamed])).toMatchObject({ name: 'Ada', hint: 'A••••' });
  });

  it('CON-3, ASG-6: the name is not taken from a channel that the viewer lacks', async () => {
    const other = { identityKey: 'k2', medium: 'viber', idScope: 'c2', externalUserId: 'user-2' } as const;
    const events = [
      own(event('ProfileNameChanged', { identityKey: 'k1', profileName: 'Ada L' }), channel),
      own(event('IdentityAttached', other), channel),
      own(event('ContactSeenOnChannel', { channelId: 'c2', identityKey: 'k2' }), channel),
      own(event('AttributeSet', { alias: 'firstName', medium: 'viber', value: 'Augusta', source: 'channel' }), channel),
    ];
    expect(await see(everything, events)).toMatchObject({ name: 'Augusta', hint: 'A••••' });
    expect(await see(agentOf('c1'), events)).toMatchObject({ name: 'Ada L', hint: 'A•••• L••••' });
    expect(await see(agentOf('c2'), events)).toMatchObject({ name: 'Augusta' });
  });

  it('ATT-1: shows values in the admin’s order, what nobody ordered last', async () => {
    const view = await see(everything, [told, tier, language]);
    expect(view && 'attributes' in view && view.attributes.map(({ alias, label }) => [alias, label])).toStrictEqual([
      ['language', 'Language'],
      ['tier', 'Tier'],
      ['plan', 'plan'],
    ]);
  });

  it('ATT-3: hides from people what is switched off, not from services', async () => {
    const off = catalogue.map((one) => (one.alias === 'tier' ? { ...one, enabled: false } : one));
    expect(await see(everything, [tier], off)).toMatchObject({ attributes: [] });
    expect(await see({ ...everything, role: 'service' }, [tier], off)).toMatchObject({
      attributes: [{ alias: 'tier', value: 'gold' }],
    });
  });

  it('ATT-6: a VIP belongs to the group VIP while that is switched on', async () => {
    const marked = own(event('VipMarked', { source: 'agent' }));
    const off = catalogue.map((one) => (one.alias === 'vip' ? { ...one, enabled: false } : one));
    expect(await see(everything, [marked])).toMatchObject({ vip: true, groups: ['vip'] });
    expect(await see(everything, [marked], off)).toMatchObject({ vip: true, groups: [] });
  });

  it('CON-4: shows notes with author, time and what they said before', async () => {
    const later = '2026-11-22T09:30:00.000Z';
    const view = await see(everything, [
      own(event('ContactNoteAdded', { noteId: 'n1', text: 'Call her.' })),
      own(event('ContactNoteEdited', { noteId: 'n1', text: 'Mail her.' }), { id: 'bo', role: 'agent' }, later),
      own(event('ContactNoteAdded', { noteId: 'n2', text: 'x' })),
      own(event('ContactNoteRemoved', { noteId: 'n2' })),
    ]);
    const edited = { actor: { id: 'bo', role: 'agent' }, at: later };
    const earlier = [{ text: 'Call her.', actor: ann, at }];
    expect(view).toMatchObject({ noteCount: 1, revision: 6 });
    expect(view && 'notes' in view && view.notes).toStrictEqual([
      { noteId: 'n1', text: 'Mail her.', redacted: false, author: ann, at, edited, earlier },
    ]);
  });

  it('ASG-6: a contact met only on other channels is not there', async () => {
    expect(await see(agentOf('c2'), [])).toBeUndefined();
    expect(await see(agentOf('c2'), [own(deletionRequested)])).toBeUndefined();
    expect(await see(agentOf('c1'), [])).toMatchObject({ contactId: 'ada' });
  });

  it('ASG-6: identities, what they told, and conversations of other channels are neither shown nor counted', async () => {
    const other = {
      identityKey: 'k2',
      medium: 'whatsapp',
      idScope: 'platform',
      externalUserId: '31612345678',
    } as const;
    const events = [
      own(event('IdentityAttached', other), channel),
      own(event('ContactSeenOnChannel', { channelId: 'c2', identityKey: 'k2' }), channel),
      own(
        event('AttributeSet', { alias: 'waId', medium: 'whatsapp', value: '31612345678', source: 'channel' }),
        channel,
      ),
      opened(1),
      closed(1),
      opened(2, 'c2'),
    ];
    const view = await see(agentOf('c1'), events);
    expect(view).toMatchObject({
      identities: [{ identityKey: 'k1' }],
      attributes: [],
      conversations: [{ conversationId: 'ada.1', status: 'closed' }],
      conversationCount: 1,
    });
    expect(await see(everything, events)).toMatchObject({ conversationCount: 2, attributes: [{ alias: 'waId' }] });
  });

  it('DEL-6: is gone once its deletion was requested', async () => {
    expect(await see(everything, [own(deletionRequested)])).toStrictEqual({ gone: true });
  });
});
