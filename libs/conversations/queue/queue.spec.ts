import { describe, expect, it } from '@jest/globals';
import type { Viewer } from '#access/user';
import type { ContactEvent } from '#contacts/contact';
import type { PageRequest, ReadModels, Where } from '#event-sourcing';
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
import type { QueueEvent } from './contact-side.js';
import { queueProjection } from './project.js';
import { queueCounters, queuePage } from './queries.js';

const at = (minute: number) => ({ at: `2026-03-02T10:0${minute}:00.000Z` });
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
  name: 'Jane Doe',
  vip: false,
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
  rankSince: '2026-03-02T10:01:00.000Z',
};

function queueAfter(...events: Parameters<typeof recordEvents<QueueEvent>>[0]): Record<string, object> {
  return Object.fromEntries(projectedDocuments(queueProjection, recordEvents<QueueEvent>(events)));
}

const begun = [attached, profile, [opened('message'), at(1)], [received('m1'), at(1)]] as const;

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
      rankSince: '9999-12-31T23:59:59.999Z',
    };
    expect(queueAfter(...begun, ...answer)).toStrictEqual({ 'c.2': pending });
    const since = at(5).at;
    expect(queueAfter(...begun, ...answer, [received('m2'), at(5)])).toStrictEqual({
      'c.2': { ...pending, status: 'new', waitingSince: since, rankSince: since },
    });
  });

  it('CNV-3: a snoozed one goes behind who waits, and comes back with its old waiting time', () => {
    const until = '2026-03-05T08:00:00.000Z';
    const aside = { ...waiting, status: 'snoozed', snoozedUntil: until, rankSince: '9999-12-31T23:59:59.999Z' };
    expect(queueAfter(...begun, snoozed(until))).toStrictEqual({ 'c.2': aside });
    expect(queueAfter(...begun, snoozed(until), [woken('time'), at(9)])).toStrictEqual({ 'c.2': waiting });
  });

  it('CNV-10: a closed one has left it', () => {
    expect(queueAfter(...begun, closed({}))).toStrictEqual({});
  });

  it('ATT-6, CON-3: name and VIP follow the contact, before and after the opening', () => {
    const shown = { 'c.2': { ...waiting, name: 'Jane from the shop', vip: true } };
    expect(queueAfter(...begun, renamed, vip)).toStrictEqual(shown);
    expect(queueAfter(attached, profile, renamed, vip, ...begun.slice(2))).toStrictEqual(shown);
  });

  it('changes nothing for a contact without an open conversation', () => {
    expect(queueAfter(...begun, closed({}), renamed, vip)).toStrictEqual({});
  });

  it('DEL-2: its documents and what it knows of contacts are the contact’s', () => {
    expect(queueProjection.owners('c.2', waiting)).toStrictEqual(['c']);
    expect(queueProjection.sideOwners('c', {})).toStrictEqual(['c']);
  });
});

describe('the queue’s queries', () => {
  const agent: Viewer = { userId: 'ann', role: 'agent', channels: new Set(['shop', 'desk']) };
  const admin: Viewer = { userId: 'adam', role: 'admin', channels: 'all' };
  const access = { channelIds: { in: ['shop', 'desk'] } };

  /** Models that only take down what they are asked. */
  function asked(): { models: ReadModels; pages: PageRequest[]; counts: Where[] } {
    const pages: PageRequest[] = [];
    const counts: Where[] = [];
    const models: ReadModels = {
      get: () => Promise.resolve(undefined),
      many: () => Promise.resolve([]),
      page: (_model, request) => {
        pages.push(request);
        return Promise.resolve([]);
      },
      count: (_model, where) => Promise.resolve(counts.push(where)),
      position: () => Promise.resolve(0),
      waitFor: (position) => Promise.resolve(position),
    };
    return { models, pages, counts };
  }

  it('ASG-6, ASG-9: ask in rank order for what the viewer has access to', async () => {
    const { models, pages } = asked();
    await queuePage(models, agent, { view: 'mine', medium: 'custom' }, { limit: 50 });
    await queuePage(models, admin, {}, { limit: 2, after: [0, 'since', 'c.2'] });
    const sort = { score: -1, rankSince: 1 };
    expect(pages).toStrictEqual([
      { where: { ...access, userId: 'ann', medium: 'custom' }, sort, limit: 51, after: undefined },
      { where: {}, sort, limit: 3, after: [0, 'since', 'c.2'] },
    ]);
  });

  it('ASG-10: find nothing when the view and a filter exclude each other', async () => {
    const { models, pages } = asked();
    expect(await queuePage(models, agent, { view: 'mine', assignee: 'bob' }, { limit: 50 })).toStrictEqual({
      items: [],
    });
    expect(pages).toStrictEqual([]);
  });

  it('ASG-10: count each view for the viewer’s access', async () => {
    const { models, counts } = asked();
    await queueCounters(models, agent);
    expect(counts).toStrictEqual([
      { ...access, status: 'new' },
      { ...access, status: 'pending' },
      { ...access, userId: 'ann' },
      { ...access, userId: null, teamId: null },
      { ...access, vip: true },
    ]);
  });
});
