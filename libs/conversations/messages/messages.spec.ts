import { describe, expect, it } from '@jest/globals';
import type { Viewer } from '#access/user';
import type { ReadModels, Stored } from '#event-sourcing';
import { projectedDocuments, recordEvents } from '#event-sourcing-testing';
import { agent, opened, otherAddress, received, replied } from '../conversation/conversation.fixtures.js';
import { conversationsProjection } from '../conversation-view/project.js';
import { messagesProjection } from './project.js';
import { conversationMessages } from './queries.js';

const at = '2026-03-02T09:00:00.000Z';
const events = recordEvents([opened('message'), received('m1'), received('m2', otherAddress), replied('r1')]);
const messages = projectedDocuments(messagesProjection, events);
const conversations = projectedDocuments(conversationsProjection, events);

const models: ReadModels = {
  get: <Doc extends object>(_model: string, id: string) => {
    const document = conversations.get(id) as Doc | undefined;
    return Promise.resolve(document && { ...document, _id: id, _at: 40 });
  },
  many: () => Promise.resolve([]),
  page: <Doc extends object>(_model: string, { limit }: { limit: number }) => {
    const all = [...messages].map(([id, document]) => ({ ...document, _id: id, _at: 40 }) as Stored<Doc>);
    return Promise.resolve(all.slice(0, limit));
  },
  count: () => Promise.resolve(0),
  generation: () => Promise.resolve(0),
  position: () => Promise.resolve(40),
  waitFor: (position) => Promise.resolve(position),
};
const viewer = (...channels: string[]): Viewer => ({ userId: 'ann', role: 'agent', channels: new Set(channels) });

const first = {
  messageId: 'm1',
  direction: 'in',
  text: 'Where is my order?',
  channelId: 'shop',
  at,
  sentAt: '2026-03-02T09:59:58.000Z',
};
const answer = {
  messageId: 'r1',
  direction: 'out',
  text: 'On its way.',
  channelId: 'shop',
  at,
  state: 'queued',
  author: agent,
};

describe('the messages of a conversation', () => {
  it('CNV-4: are documents of their own, in our order', () => {
    expect([...messages.keys()]).toStrictEqual(['m1', 'm2', 'r1']);
    expect(messages.get('r1')).toStrictEqual({
      conversationId: 'c.2',
      contactId: 'c',
      subjectId: 'c',
      position: 40,
      direction: 'out',
      text: 'On its way.',
      channelId: 'shop',
      at,
      state: 'queued',
      author: agent,
    });
  });

  it('CNV-5: an outgoing one is queued until its channel took it', async () => {
    const page = await conversationMessages(models, 'c.2', viewer('shop', 'desk'), { limit: 50 });
    expect(page?.items[0]).toStrictEqual(first);
    expect(page?.items[2]).toStrictEqual(answer);
  });

  it('ASG-6: on channels that the viewer lacks they are lines without text, name or identity', async () => {
    const page = await conversationMessages(models, 'c.2', viewer('shop'), { limit: 50 });
    expect(page).toStrictEqual({ items: [first, { messageId: 'm2', direction: 'in', at, hidden: true }, answer] });
  });

  it('ASG-6: without access to any of its channels there is no conversation', async () => {
    expect(await conversationMessages(models, 'c.2', viewer('other'), { limit: 50 })).toBeUndefined();
    expect(await conversationMessages(models, 'c.9', viewer('shop'), { limit: 50 })).toBeUndefined();
  });

  it('says where the next page begins', async () => {
    const page = await conversationMessages(models, 'c.2', viewer('shop'), { limit: 1 });
    expect(page).toStrictEqual({ items: [first], next: [0, 0, 20, 'm1'] });
  });

  it('DEL-2: are the contact’s, and after a merge also the one’s who wrote', () => {
    expect(messagesProjection.owners('m1', messages.get('m1') ?? {})).toStrictEqual(['c']);
    expect(messagesProjection.owners('m1', { contactId: 'c', subjectId: 'd' })).toStrictEqual(['c', 'd']);
  });
});
