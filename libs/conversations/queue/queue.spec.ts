import { describe, expect, it } from '@jest/globals';
import type { ContactEvent } from '#contacts/contact';
import { foldDocuments } from '#event-sourcing';
import type { PageRequest, ReadModels } from '#event-sourcing';
import { projectedDocuments, recordEvents } from '#event-sourcing-testing';
import {
  answered,
  assigned,
  closed,
  opened,
  otherAddress,
  received,
  replied,
  snoozed,
  woken,
} from '../conversation/conversation.fixtures.js';
import type { QueueDocument } from './document.js';
import { queueProjection } from './project.js';
import type { QueueEvent } from './side.js';
import type { ScoreTerms } from '../priority/index.js';
import { queuePage } from './queries.js';
import type { QueueViewer } from './queries.js';

const at = (minute: number) => ({ at: `2026-03-02T10:0${minute}:00.000Z` });
const made: ContactEvent = { type: 'ContactCreated', data: { contactId: 'c', createdBy: 'shop' } };
const attached: ContactEvent = {
  type: 'IdentityAttached',
  data: { contactId: 'c', identityKey: 'i1', medium: 'custom', idScope: 'shop', externalUserId: 'jane-77' },
};
const profile: ContactEvent = {
  type: 'ProfileNameChanged',
  data: { contactId: 'c', identityKey: 'i1', profileName: 'Jane Doe' },
};
const renamed: ContactEvent = { type: 'ContactRenamed', data: { contactId: 'c', name: 'Jane from the shop' } };
const vip: ContactEvent = { type: 'VipMarked', data: { contactId: 'c', source: 'agent' } };

const waiting = {
  contactId: 'c',
  contactIds: ['c'],
  naming: {
    givenName: null,
    values: [],
    identities: [{ medium: 'custom', externalUserId: 'jane-77', profileName: 'Jane Doe', channelIds: [] }],
  },
  vip: false,
  memberships: [] as string[],
  topics: [] as string[],
  mentions: [] as string[],
  status: 'new',
  userId: null,
  teamId: null,
  channelId: 'shop',
  medium: 'custom',
  channelIds: ['shop'],
  openedAt: '2026-03-02T10:01:00.000Z',
  waitingSince: '2026-03-02T10:01:00.000Z',
  waitedSince: null,
  snoozedUntil: null,
  score: 0,
  first: 0,
  second: Date.parse('2026-03-02T10:01:00.000Z'),
};

/** The documents, with their place in the order that answers. */
function queueAfter(...events: Parameters<typeof recordEvents<QueueEvent>>[0]): Record<string, object> {
  const documents = projectedDocuments(queueProjection, recordEvents<QueueEvent>(events)) as ReadonlyMap<
    string,
    QueueDocument
  >;
  return Object.fromEntries([...documents].map(([id, { ranks, ...rest }]) => [id, { ...rest, ...ranks.even }]));
}

const begun = [made, attached, profile, [opened('message'), at(1)], [received('m1'), at(1)]] as const;

describe('the queue', () => {
  it('ASG-10: shows who waits, since when, on which channel', () => {
    expect(queueAfter(...begun)).toStrictEqual({ 'c.2': waiting });
  });

  it('ASG-9: keeps the older waiting time when the person writes again, and shows the newest channel', () => {
    expect(queueAfter(...begun, [received('m2', otherAddress), at(3)])).toStrictEqual({
      'c.2': { ...waiting, channelId: 'desk', medium: 'whatsapp', channelIds: ['shop', 'desk'] },
    });
  });

  it('CNV-3: an answered one is pending, goes behind who waits, and comes back with the next message', () => {
    const answer = [assigned('ann', 'reply'), replied('r1'), answered('r1')] as const;
    const pending = {
      ...waiting,
      userId: 'ann',
      status: 'pending',
      waitingSince: null,
      waitedSince: waiting.waitingSince,
      second: 8_640_000_000_000_000,
    };
    expect(queueAfter(...begun, ...answer)).toStrictEqual({ 'c.2': pending });
    const since = at(5).at;
    expect(queueAfter(...begun, ...answer, [received('m2'), at(5)])).toStrictEqual({
      'c.2': { ...pending, status: 'new', waitingSince: since, second: Date.parse(since) },
    });
  });

  it('CNV-3: a snoozed one goes behind who waits, and comes back with its old waiting time', () => {
    const until = '2026-03-05T08:00:00.000Z';
    const aside = { ...waiting, status: 'snoozed', snoozedUntil: until, second: 8_640_000_000_000_000 };
    expect(queueAfter(...begun, snoozed(until))).toStrictEqual({ 'c.2': aside });
    expect(queueAfter(...begun, snoozed(until), [woken('time'), at(9)])).toStrictEqual({ 'c.2': waiting });
  });

  it('CNV-7, ASG-9: topics are shown, and rank', () => {
    const topic = (type: 'TopicAdded' | 'TopicRemoved'): QueueEvent => ({
      type,
      data: { conversationId: 'c.2', contactId: 'c', topicId: 't' },
    });
    const score = { type: 'PriorityScoreAdded', data: { scoreId: 'a', points: 3, topicId: 't' } } as const;
    expect(queueAfter(score, ...begun, topic('TopicAdded'))).toMatchObject({ 'c.2': { topics: ['t'], score: 3 } });
    expect(queueAfter(score, ...begun, topic('TopicAdded'), topic('TopicRemoved'))).toStrictEqual({ 'c.2': waiting });
  });

  it('CNV-6, ASG-10: who is asked to look in a note finds it among their mentions', () => {
    const mentioned: QueueEvent = {
      type: 'AgentMentioned',
      data: { conversationId: 'c.2', contactId: 'c', noteId: 'n', userId: 'bob' },
    };
    const shown = { 'c.2': { ...waiting, mentions: ['bob'] } };
    expect(queueAfter(...begun, mentioned)).toStrictEqual(shown);
    expect(queueAfter(...begun, mentioned, mentioned)).toStrictEqual(shown);
  });

  it('CNV-10: a closed one has left it', () => {
    expect(queueAfter(...begun, closed({}))).toStrictEqual({});
  });

  it('ATT-6, CON-3: name and VIP follow the contact, before and after the opening', () => {
    const shown = {
      'c.2': {
        ...waiting,
        naming: { ...waiting.naming, givenName: 'Jane from the shop' },
        vip: true,
        memberships: ['vip'],
      },
    };
    expect(queueAfter(...begun, renamed, vip)).toStrictEqual(shown);
    expect(queueAfter(made, attached, profile, renamed, vip, ...begun.slice(3))).toStrictEqual(shown);
  });

  it('CON-5: an open one is of who speaks for its contact, along chains of merges, and given back with it', () => {
    const created = (contactId: string): QueueEvent => ({
      type: 'ContactCreated',
      data: { contactId, createdBy: 'shop' },
    });
    const merged = (secondaryId: string, contactId: string, contactIds: string[]): QueueEvent[] => [
      {
        type: 'ContactHandedOver',
        data: { contactId: secondaryId, mergeId: `${secondaryId}.1`, primaryId: contactId, winners: [] },
      },
      {
        type: 'ContactsMerged',
        data: { contactId, mergeId: `${secondaryId}.1`, secondaryId, contactIds, values: [], bringsVip: false },
      },
    ];
    const undone: QueueEvent[] = [
      { type: 'MergeUndone', data: { contactId: 'q', mergeId: 'p.1', secondaryId: 'p', contactIds: ['p', 'c'] } },
      { type: 'ContactGivenBack', data: { contactId: 'p', mergeId: 'p.1' } },
    ];
    const into = [...begun, created('p'), created('q'), ...merged('c', 'p', ['c'])];
    const further = [...into, ...merged('p', 'q', ['p', 'c'])];
    const whose = (...events: Parameters<typeof recordEvents<QueueEvent>>[0]) => queueAfter(...events)['c.2'];
    expect(whose(...into)).toMatchObject({ contactId: 'c', contactIds: ['p', 'c'] });
    expect(whose(...further)).toMatchObject({ contactId: 'c', contactIds: ['q', 'p', 'c'] });
    expect(whose(...further, ...undone)).toMatchObject({ contactId: 'c', contactIds: ['p', 'c'] });
  });

  it('changes nothing for a contact without an open conversation', () => {
    expect(queueAfter(...begun, closed({}), renamed, vip)).toStrictEqual({});
  });

  it('DEL-2: its documents and what it knows of contacts are the contact’s', () => {
    expect(queueProjection.owners('c.2', waiting)).toStrictEqual(['c']);
    expect(queueProjection.sideOwners('c', { kind: 'contact' })).toStrictEqual(['c']);
    expect(queueProjection.sideOwners('ranking', { kind: 'ranking' })).toStrictEqual([]);
  });
});

describe('what ranks the queue', () => {
  const score = (scoreId: string, points: number, terms: ScoreTerms): QueueEvent => ({
    type: 'PriorityScoreAdded',
    data: { scoreId, points, ...terms },
  });
  const weight = (pointsPerMinute: number): QueueEvent => ({ type: 'WaitingWeightSet', data: { pointsPerMinute } });
  const since = Date.parse(waiting.waitingSince);
  const marked = { ...waiting, vip: true, memberships: ['vip'] };

  it('ASG-9: the sum of the scores that hold, whichever comes first', () => {
    const scores = [score('a', 10, { group: 'vip' }), score('b', 5, { channelId: 'shop' })] as const;
    const expected = { 'c.2': { ...marked, score: 15, first: -15 } };
    expect(queueAfter(...begun, vip, ...scores)).toStrictEqual(expected);
    expect(queueAfter(...scores, ...begun, vip)).toStrictEqual(expected);
    const onDesk = queueAfter(...scores, ...begun, vip, received('m2', otherAddress));
    expect(onDesk).toMatchObject({ 'c.2': { score: 10, first: -10 } });
  });

  it('ASG-9: follows each change of points, and of the weight of waiting', () => {
    const ten = [...begun, vip, score('a', 10, { group: 'vip' })] as const;
    expect(queueAfter(...ten, { type: 'PriorityPointsSet', data: { scoreId: 'a', points: 4 } })).toMatchObject({
      'c.2': { score: 4, first: -4 },
    });
    expect(queueAfter(...ten, { type: 'PriorityScoreArchived', data: { scoreId: 'a' } })).toMatchObject({
      'c.2': { score: 0, first: 0 },
    });
    expect(queueAfter(...ten, weight(2))).toMatchObject({
      'c.2': { score: 10, first: since - 5 * 60_000, second: 0 },
    });
    expect(queueAfter(...ten, weight(2), weight(0))).toStrictEqual(queueAfter(...ten));
  });

  it('ASG-9: a change that leaves a conversation where it is does not touch it', () => {
    const events = [...begun, score('a', 10, { group: 'vip' }), score('b', 5, { channelId: 'shop' })] as const;
    const touched = (count: number): number | undefined =>
      foldDocuments(queueProjection, recordEvents<QueueEvent>(events.slice(0, count))).get('c.2')?.at;
    expect([begun.length, events.length - 1, events.length].map(touched)).toEqual([50, 50, 70]);
  });

  it('ATT-6: not the mark of a VIP while VIP is switched off', () => {
    const events = [...begun, vip, score('a', 10, { group: 'vip' })] as const;
    const off: QueueEvent = { type: 'AttributeDisabled', data: { alias: 'vip' } };
    const on: QueueEvent = { type: 'AttributeEnabled', data: { alias: 'vip' } };
    expect(queueAfter(...events, off)).toStrictEqual({ 'c.2': marked });
    expect(queueAfter(...events, off, on)).toStrictEqual(queueAfter(...events));
  });

  it('CON-7, ASG-9: a group by the version of its condition that is in force', () => {
    const tier = (value: string) => ({ field: 'attribute.tier', operator: 'is', value }) as const;
    const terms = (version: number, value: string) => ({
      version,
      condition: tier(value),
      day: '2026-03-02',
      vipEnabled: true,
    });
    const gold: QueueEvent = {
      type: 'AttributeSet',
      data: { contactId: 'c', alias: 'tier', value: 'gold', source: 'agent' },
    };
    const defined: QueueEvent = {
      type: 'ContactGroupDefined',
      data: { groupId: 'g', name: 'Gold', ...terms(1, 'gold') },
    };
    const changedTo = (value: string): QueueEvent => ({
      type: 'ContactGroupConditionChanged',
      data: { groupId: 'g', ...terms(2, value) },
    });
    const found: QueueEvent = {
      type: 'ContactGroupMembersFound',
      data: { groupId: 'g', version: 2, contactIds: ['c'], checked: 1, upTo: 'c' },
    };
    const effect: QueueEvent = { type: 'ContactGroupTookEffect', data: { groupId: 'g', version: 2 } };
    const scored = [defined, score('a', 3, { group: 'g' }), ...begun, gold] as const;
    expect(queueAfter(...scored)).toMatchObject({ 'c.2': { score: 3, memberships: ['g.1'] } });
    expect(queueAfter(...scored, changedTo('tin'))).toMatchObject({ 'c.2': { score: 3 } });
    expect(queueAfter(...scored, changedTo('tin'), effect)).toMatchObject({ 'c.2': { score: 0 } });
    const tin = { ...gold, data: { ...gold.data, value: 'tin' } } as QueueEvent;
    const late = [defined, score('a', 3, { group: 'g' }), ...begun, tin, changedTo('tin'), found] as const;
    expect(queueAfter(...late)).toMatchObject({ 'c.2': { score: 0, memberships: ['g.2'] } });
    expect(queueAfter(...late, effect)).toMatchObject({ 'c.2': { score: 3 } });
  });
});

describe('the queue’s queries', () => {
  const agent: QueueViewer = {
    userId: 'ann',
    role: 'agent',
    channels: new Set(['shop', 'desk']),
    teamIds: ['returns'],
  };
  const admin: QueueViewer = { userId: 'adam', role: 'admin', channels: 'all', teamIds: [] };
  const access = { channelIds: { in: ['shop', 'desk'] } };

  /** Models that only take down what they are asked. */
  function asked(): { models: ReadModels; pages: PageRequest[] } {
    const pages: PageRequest[] = [];
    const models: ReadModels = {
      get: () => Promise.resolve(undefined),
      many: () => Promise.resolve([]),
      page: (_model, request) => {
        pages.push(request);
        return Promise.resolve([]);
      },
      count: () => Promise.resolve(0),
      generation: () => Promise.resolve(0),
      position: () => Promise.resolve(0),
      waitFor: (position) => Promise.resolve(position),
    };
    return { models, pages };
  }

  it('ASG-6, ASG-9: ask in rank order for what the viewer has access to', async () => {
    const { models, pages } = asked();
    await queuePage(models, agent, { view: 'mine', medium: 'custom' }, { limit: 50 });
    await queuePage(models, admin, {}, { limit: 2, after: [0, 0, 0, 7, 'c.2'] });
    const sort = { 'ranks.even.first': 1, 'ranks.even.second': 1 };
    expect(pages).toStrictEqual([
      { where: { ...access, userId: 'ann', medium: 'custom' }, sort, limit: 51, after: undefined },
      { where: {}, sort, limit: 3, after: [0, 7, 'c.2'] },
    ]);
  });

  it('ASG-10: find nothing when the view and a filter exclude each other', async () => {
    const { models, pages } = asked();
    expect(await queuePage(models, agent, { view: 'mine', assignee: 'bob' }, { limit: 50 })).toStrictEqual({
      items: [],
    });
    expect(pages).toStrictEqual([]);
  });

  it('ASG-10: ask for what the view and all filters say together', async () => {
    const { models, pages } = asked();
    await queuePage(models, agent, { view: 'teams', team: 'returns', membership: 'gold.1' }, { limit: 1 });
    await queuePage(models, agent, { view: 'teams', team: 'other' }, { limit: 1 });
    await queuePage(models, admin, { status: 'new', waitingSinceUpTo: at(1).at }, { limit: 1 });
    expect(pages.map(({ where }) => where)).toStrictEqual([
      { ...access, teamId: 'returns', memberships: 'gold.1' },
      { status: 'new', waitingSince: { lte: at(1).at } },
    ]);
  });
});
