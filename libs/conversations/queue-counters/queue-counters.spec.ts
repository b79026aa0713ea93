import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ContactEvent } from '#contacts/contact';
import { readInMemory } from '#event-sourcing';
import type { AnyProjection, DomainEvent, ReadModels } from '#event-sourcing';
import { projectedDocuments, recordEvents } from '#event-sourcing-testing';
import type { ConversationEvent } from '../conversation/events.js';
import { closedPage, conversationsProjection } from '../conversation-view/index.js';
import { queuePage, queueProjection, queueViews } from '../queue/index.js';
import type { QueueViewer } from '../queue/index.js';
import { queueCountersProjection } from './project.js';
import { openPerUser, queueCounters } from './queries.js';

type Event = ConversationEvent | Extract<ContactEvent, { data: { contactId: string } }> | DomainEvent;
type Deed = readonly [
  name:
    | 'message'
    | 'reply'
    | 'answer'
    | 'snooze'
    | 'wake'
    | 'assign'
    | 'unassign'
    | 'mention'
    | 'close'
    | 'vip'
    | 'no vip'
    | 'erase',
  contact: string,
  channel: string,
  user: string,
];

const channels = ['shop', 'desk', 'mail'];
const contacts = ['a', 'b', 'c'];
const deed: fc.Arbitrary<Deed> = fc.tuple(
  fc.constantFrom(
    'message',
    'message',
    'reply',
    'answer',
    'snooze',
    'wake',
    'assign',
    'unassign',
    'mention',
    'close',
    'close',
    'vip',
    'no vip',
    'erase',
  ),
  fc.constantFrom(...contacts),
  fc.constantFrom(...channels),
  fc.constantFrom('ann', 'bob'),
);

/** A history as the deciders could have written it: nothing happens to a conversation that is not open. */
function historyOf(deeds: readonly Deed[]): readonly Event[] {
  const events: Event[] = contacts.map((contactId) => ({
    type: 'ContactCreated',
    data: { contactId, createdBy: 'shop' },
  }));
  const open = new Map<string, { conversationId: string; assigned: boolean }>();
  const erased = new Set<string>();
  let number = 0;
  for (const [name, contactId, channelId, userId] of deeds) {
    if (erased.has(contactId)) continue;
    const known = open.get(contactId);
    const place = { contactId, channelId, medium: 'custom', conversationId: known?.conversationId ?? '' };
    if (name === 'vip' || name === 'no vip') {
      events.push({ type: name === 'vip' ? 'VipMarked' : 'VipUnmarked', data: { contactId, source: 'agent' } });
    } else if (name === 'erase') {
      events.push({ type: 'ContactDeleted', data: { contactIds: [contactId] } });
      erased.add(contactId);
    } else if (name === 'message') {
      const conversationId = known?.conversationId ?? `${contactId}.${++number}`;
      if (!known) events.push({ type: 'ConversationOpened', data: { ...place, conversationId, openedBy: 'message' } });
      events.push({ type: 'MessageReceived', data: { ...place, conversationId } });
      open.set(contactId, known ?? { conversationId, assigned: false });
    } else if (known) {
      if (name === 'reply') events.push({ type: 'ReplyWritten', data: place });
      if (name === 'snooze') {
        events.push({ type: 'ConversationSnoozed', data: { ...place, until: '2026-03-05T08:00:00.000Z' } });
      }
      if (name === 'wake') events.push({ type: 'SnoozeEnded', data: place });
      if (name === 'answer') events.push({ type: 'ConversationAnswered', data: place });
      if (name === 'assign') {
        events.push({ type: 'ConversationAssigned', data: { ...place, userId, teamId: 'returns' } });
        known.assigned = true;
      }
      if (name === 'unassign' && known.assigned) {
        events.push({ type: 'ConversationUnassigned', data: { ...place, userId } });
      }
      if (name === 'mention') events.push({ type: 'AgentMentioned', data: { ...place, noteId: 'n', userId } });
      if (name === 'close') {
        events.push({ type: 'ConversationClosed', data: place });
        open.delete(contactId);
      }
    }
  }
  return events;
}

/**
 * The queue and its counters after the same events; erased contacts are gone from the queue as the engine sees to it.
 */
function modelsAfter(history: readonly Event[]): ReadModels {
  const recorded = recordEvents(history);
  const erased = history.flatMap(({ type, data }) =>
    type === 'ContactDeleted' && 'contactIds' in data ? data.contactIds : [],
  );
  const documentsOf = (projection: AnyProjection) =>
    [...projectedDocuments(projection, recorded)].map(([_id, document]) => ({ ...document, _id, _at: 1 }));
  const left = (projection: AnyProjection) =>
    documentsOf(projection).filter(({ _id }) => !erased.some((contactId) => _id.startsWith(`${String(contactId)}.`)));
  const documents = new Map([
    [queueProjection.name, left(queueProjection)],
    [conversationsProjection.name, left(conversationsProjection)],
    [queueCountersProjection.name, documentsOf(queueCountersProjection)],
  ]);
  const positions = { position: () => Promise.resolve(1), waitFor: (position: number) => Promise.resolve(position) };
  return readInMemory((model) => documents.get(model) ?? [], positions);
}

describe('the counters', () => {
  const viewer = fc.record({
    userId: fc.constantFrom('ann', 'bob'),
    role: fc.constant('agent' as const),
    channels: fc.oneof(
      fc.constant('all' as const),
      fc.subarray(channels).map((ids) => new Set(ids)),
    ),
    teamIds: fc.subarray(['returns']),
  });
  const everything = {
    channelId: undefined,
    medium: undefined,
    topicId: undefined,
    teamId: undefined,
    userId: undefined,
  };
  const length = async (models: ReadModels, who: QueueViewer, filters: object): Promise<number> =>
    (await queuePage(models, who, filters, { limit: 100 })).items.length;

  it('ASG-10: are the lengths of the lists at the same position, whoever looks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 40 }), viewer, async (deeds, who) => {
        const models = modelsAfter(historyOf(deeds));
        const lists = await Promise.all(queueViews.map((view) => length(models, who, { view })));
        const expected = {
          open: await length(models, who, {}),
          ...Object.fromEntries(queueViews.map((view, index) => [view, lists[index]])),
          vip: await length(models, who, { membership: 'vip' }),
          closed: (await closedPage(models, who, everything, { limit: 100 })).items.length,
        };
        expect(await queueCounters(models, who, true)).toEqual(expected);
      }),
    );
  });

  it('ATT-6: count no VIP while VIP is switched off', async () => {
    const models = modelsAfter(
      historyOf([
        ['vip', 'a', 'shop', 'ann'],
        ['message', 'a', 'shop', 'ann'],
      ]),
    );
    const admin = { userId: 'adam', role: 'admin', channels: 'all', teamIds: [] } as const;
    expect(await queueCounters(models, admin, true)).toMatchObject({ open: 1, vip: 1 });
    expect(await queueCounters(models, admin, false)).toMatchObject({ open: 1, vip: 0 });
  });

  it('ASG-5: tell how many open conversations each agent has', async () => {
    const models = modelsAfter(
      historyOf([
        ['message', 'a', 'shop', 'ann'],
        ['assign', 'a', 'shop', 'ann'],
        ['message', 'b', 'desk', 'ann'],
        ['assign', 'b', 'desk', 'ann'],
        ['close', 'b', 'desk', 'ann'],
      ]),
    );
    expect(await openPerUser(models, ['ann', 'bob'])).toStrictEqual(
      new Map([
        ['ann', 1],
        ['bob', 0],
      ]),
    );
  });
});
