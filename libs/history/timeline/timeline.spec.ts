import { describe, expect, it } from '@jest/globals';
import { attributeDirectory } from '#attributes/attributes';
import type { Viewer } from '#access/user';
import { contactEvents } from '#contacts/contact';
import type { ContactEvent } from '#contacts/contact';
import type { ContactView } from '#contacts/contact-view';
import { conversationEvents } from '#conversations/conversation';
import type { ConversationEvent } from '#conversations/conversation';
import { conversationsProjection } from '#conversations/conversation-view';
import { readInMemory } from '#event-sourcing';
import type { Actor, EventStore, RecordedEvent } from '#event-sourcing';
import { projectedDocuments, recordEvents } from '#event-sourcing-testing';
import type { RecordedAs } from '#event-sourcing-testing';
import { contactTimeline, conversationTimeline, timelineSources, wordedTypes } from './index.js';
import type { Names, TimelineItem, TimelinePorts } from './index.js';

type Lived = ContactEvent | ConversationEvent;

const ann = { id: 'ann', role: 'agent' } as const;
const ada = { id: 'shop', role: 'contact' } as const;
const admin: Viewer = { userId: 'grace', role: 'admin', channels: 'all' };
const agentOf = (...channels: string[]): Viewer => ({ userId: 'ann', role: 'agent', channels: new Set(channels) });

const defined = (alias: string, label: string) =>
  ({ type: 'AttributeDefined', data: { alias, label, format: 'text', repeatable: false } }) as const;
const attributes = recordEvents([
  defined('tier', 'Tier'),
  defined('secret', 'Secret'),
  { type: 'AttributeDisabled', data: { alias: 'secret' } } as const,
]).reduce(attributeDirectory.evolve, attributeDirectory.initial);
const names: Names = {
  actor: ({ id, role }) => (role === 'contact' ? 'The contact' : id === 'ann' ? 'Ann' : id),
  user: (id) => id,
  team: (id) => id,
  channel: (id) => id,
  category: (id) => id,
  attribute: (alias) => attributes.find((each) => each.alias === alias)?.label ?? alias,
  catalogue: attributes,
};

const ofContact = { contactId: 'ada' };
const own = (type: string, data: object, actor: Actor = ann): readonly [Lived, RecordedAs] => [
  { type, data: { ...ofContact, ...data } } as unknown as Lived,
  { stream: 'contact-ada', actor },
];
const talk = (n: number, type: string, data: object, actor: Actor = ann): readonly [Lived, RecordedAs] => [
  { type, data: { ...ofContact, conversationId: `ada.${n}`, ...data } } as unknown as Lived,
  { stream: `conversation-ada.${n}`, actor },
];
const on = (channelId: string) => ({ channelId, medium: 'custom', identityKey: 'k1', subjectId: 'ada' });
const opened = (n: number, channelId = 'shop') =>
  talk(n, 'ConversationOpened', { ...on(channelId), number: n, openedBy: 'message', known: {} }, ada);
const wrote = (n: number, text: string, channelId = 'shop') =>
  talk(n, 'MessageReceived', { ...on(channelId), messageId: text, externalMessageId: text, text }, ada);
const closed = (n: number) => talk(n, 'ConversationClosed', { cause: 'user', summary: 'Done' });

/** A log that holds these, and the models that follow it. */
function lived(...events: (readonly [Lived, RecordedAs])[]): TimelinePorts {
  const log = recordEvents<Lived>(events);
  const conversations = [...projectedDocuments(conversationsProjection, log)];
  const documents = conversations.map(([_id, body]) => ({ ...body, _id, _at: 0 }));
  return {
    store: storeOf(log),
    models: readInMemory(() => documents, { position: () => Promise.resolve(0), waitFor: () => Promise.resolve(0) }),
    names,
  };
}

/** Reads backwards only: what a timeline needs of a store. */
function storeOf(log: readonly RecordedEvent[]): EventStore {
  const readStream: EventStore['readStream'] = async function* (stream, read = {}) {
    const { from = Infinity, direction, limit } = read;
    expect(direction).toBe('backwards');
    await Promise.resolve();
    const older = log.filter((event) => event.stream === stream && event.revision <= from).reverse();
    yield* older.slice(0, limit);
  };
  return { readStream } as unknown as EventStore;
}

const page: ContactView = {
  ...({} as unknown as ContactView),
  contactId: 'ada',
  mergedIds: [],
  identities: [
    { identityKey: 'k1', medium: 'custom', idScope: 'x', externalUserId: 'u', profileName: null, channelIds: ['shop'] },
  ],
};

async function timelineOf(ports: TimelinePorts, viewer = admin, limit = 50): Promise<TimelineItem[]> {
  const items: TimelineItem[] = [];
  const sources = await timelineSources(ports.models, page);
  for (let after: readonly (string | number | boolean | null)[] | undefined; ;) {
    const part = await contactTimeline(ports, sources, viewer, { limit, after });
    expect(part.items.length).toBeLessThanOrEqual(limit);
    items.push(...part.items);
    if (!part.next) return items;
    after = part.next;
  }
}

const told = (items: readonly TimelineItem[]): string[] =>
  items.map((item) =>
    'hidden' in item ? 'hidden' : `${item.words}${item.text === undefined ? '' : `: ${item.text as string}`}`,
  );
const changesIn = (items: readonly TimelineItem[]): object[] =>
  items.flatMap((item) => ('hidden' in item ? [] : item.changes));

const aLife = [
  own('ContactCreated', { createdBy: 'shop' }, ada),
  own('ContactRenamed', { name: 'Ada' }),
  opened(1),
  wrote(1, 'Hello'),
  own('AttributeSet', { alias: 'tier', value: 'silver', source: 'agent' }),
  closed(1),
  opened(2),
  own('AttributeSet', { alias: 'tier', value: 'gold', source: 'agent' }),
  wrote(2, 'Me again'),
  talk(1, 'ClosingNoteEdited', { summary: 'Paid' }),
  own('ContactRenamed', { name: 'Ada L' }),
];

describe('the timeline of a contact', () => {
  it('HIS-1: tells who did what, newest first, conversation by conversation', async () => {
    expect(told(await timelineOf(lived(...aLife)))).toStrictEqual([
      'Ann renamed the contact',
      'The contact wrote on shop: Me again',
      'Ann set Tier (source: agent)',
      'The contact opened conversation 2 on shop',
      'Ann edited the closing note',
      'Ann closed the conversation',
      'Ann set Tier (source: agent)',
      'The contact wrote on shop: Hello',
      'The contact opened conversation 1 on shop',
      'Ann renamed the contact',
      'The contact made the contact known',
    ]);
  });

  it('HIS-1: shows values before and after, however far back the value before was written', async () => {
    const quiet = Array.from({ length: 300 }, () => own('VipMarked', { source: 'agent' }));
    const [first = quiet[0], ...rest] = aLife;
    const changes = changesIn(
      await timelineOf(lived(...(first ? [first] : []), ...rest.slice(0, 6), ...quiet, ...rest.slice(6))),
    );
    expect(changes.filter((change) => !JSON.stringify(change).includes('vip'))).toStrictEqual([
      { of: 'name', before: 'Ada', after: 'Ada L' },
      { of: 'attribute tier', before: 'silver', after: 'gold' },
      { of: 'closing summary', before: 'Done', after: 'Paid' },
      { of: 'closing summary', before: null, after: 'Done' },
      { of: 'attribute tier', before: null, after: 'silver' },
      { of: 'name', before: null, after: 'Ada' },
    ]);
  });

  it('HIS-1: says when, by which command, and in which conversation', async () => {
    const [newest] = await timelineOf(lived(opened(1)));
    expect(newest).toStrictEqual({
      eventId: 'event-0',
      position: 10,
      at: '2026-03-02T09:00:00.000Z',
      conversationId: 'ada.1',
      type: 'ConversationOpened',
      actor: { id: 'shop', role: 'contact', name: 'The contact' },
      words: 'The contact opened conversation 1 on shop',
      changes: [],
      cause: 'command-0',
    });
  });

  it.each([1, 2, 3, 7])('HIS-1: is the same in pages of %d', async (limit) => {
    const ports = lived(...aLife);
    expect(await timelineOf(ports, admin, limit)).toStrictEqual(await timelineOf(ports));
  });

  it('ASG-6: a message on a channel that the viewer lacks is a line without anything', async () => {
    const ports = lived(opened(1), wrote(1, 'Hello'), wrote(1, 'Secret', 'desk'));
    const items = await timelineOf(ports, agentOf('shop'));
    expect(told(items)).toStrictEqual([
      'hidden',
      'The contact wrote on shop: Hello',
      'The contact opened conversation 1 on shop',
    ]);
    expect(items[0]).toStrictEqual({
      eventId: 'event-2',
      position: 30,
      at: '2026-03-02T09:00:00.000Z',
      conversationId: 'ada.1',
      hidden: true,
    });
  });

  it('ASG-6: a conversation, an identity, a value that the contact’s page does not show is not told of', async () => {
    const ports = lived(
      own('ContactCreated', { createdBy: 'shop' }, ada),
      own('IdentityAttached', { identityKey: 'k2', medium: 'sms', idScope: 'x', externalUserId: '+1' }),
      own('ContactSeenOnChannel', { channelId: 'desk', identityKey: 'k2' }),
      own('ProfileNameChanged', { identityKey: 'k2', profileName: 'Countess' }),
      own('AttributeSet', { alias: 'phone', medium: 'sms', value: '+1', source: 'channel' }),
      own('AttributeSet', { alias: 'secret', value: 'x', source: 'agent' }),
      opened(1, 'desk'),
      wrote(1, 'Secret', 'desk'),
    );
    expect(told(await timelineOf(ports, agentOf('shop')))).toStrictEqual(['The contact made the contact known']);
  });
});

describe('the timeline of a conversation', () => {
  const undivided = { elsewhere: [], gaveBack: [] };

  it('HIS-1: tells who had it, and why', async () => {
    const ports = lived(
      opened(1),
      talk(1, 'ConversationAssigned', { userId: 'ann', cause: 'reply' }),
      talk(1, 'ConversationAssigned', { userId: 'bob', teamId: 'sales', cause: 'hand' }),
      talk(1, 'ConversationUnassigned', { userId: 'bob', cause: 'offline' }),
    );
    const { items } = (await conversationTimeline(ports, 'ada.1', undivided, admin, { limit: 50 })) ?? { items: [] };
    expect(told(items)).toStrictEqual([
      'Ann took the conversation off its assignee (they went offline)',
      'Ann assigned the conversation to bob and team sales (by hand)',
      'Ann assigned the conversation to ann (they replied first)',
      'The contact opened conversation 1 on shop',
    ]);
    expect(changesIn(items)).toStrictEqual([
      { of: 'assigned user', before: 'bob', after: null },
      { of: 'assigned user', before: 'ann', after: 'bob' },
      { of: 'assigned team', before: null, after: 'sales' },
      { of: 'assigned user', before: null, after: 'ann' },
    ]);
  });

  it('ASG-6: is not there for who has no access', async () => {
    expect(
      await conversationTimeline(lived(opened(1)), 'ada.1', undivided, agentOf('desk'), { limit: 50 }),
    ).toBeUndefined();
  });
});

it('HIS-1: every event type of the two streams has its words', () => {
  const types = [...contactEvents.definitions, ...conversationEvents.definitions].map(({ type }) => type);
  expect([...wordedTypes].toSorted()).toStrictEqual(types.toSorted());
});
