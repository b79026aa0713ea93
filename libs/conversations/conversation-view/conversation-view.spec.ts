import { describe, expect, it } from '@jest/globals';
import type { Viewer } from '#access/user';
import { readInMemory } from '#event-sourcing';
import { projectedDocuments, recordEvents } from '#event-sourcing-testing';
import {
  agent,
  answered,
  assigned,
  closed,
  note,
  opened,
  otherAddress,
  received,
  handedToBot,
  replied,
  replyUntil,
  resumed,
  snoozed,
  takenFromBot,
  topicAdded,
  woken,
  welcomed,
} from '../conversation/conversation.fixtures.js';
import type { ConversationEvent } from '../conversation/events.js';
import { conversationsOf } from './of-contacts.js';
import { conversationsProjection } from './project.js';
import { conversationView } from './queries.js';

const at = '2026-03-02T09:00:00.000Z';

function viewAfter(...events: readonly ConversationEvent[]): object | undefined {
  return projectedDocuments(conversationsProjection, recordEvents(events)).get('c.2');
}

const begun = {
  contactId: 'c',
  number: 2,
  revision: 1,
  status: 'new',
  assignee: null,
  channelId: 'shop',
  medium: 'custom',
  channelIds: ['shop'],
  waitingSince: at,
  waitedSince: null,
  snoozedUntil: null,
  replyUntil: null,
  topicIds: [],
  handledBy: null,
  continues: null,
  lastMessageAt: at,
  openedAt: at,
  openedBy: { cause: 'message', actor: agent },
  closedAt: null,
  closedBy: null,
  closingNote: null,
  messageCount: 1,
  subjectIds: ['c'],
  gaveBack: [],
  gotBack: [],
  noteCount: 0,
  notes: [],
};
const added = (noteId: string): ConversationEvent => ({
  type: 'InternalNoteAdded',
  data: { ...note, noteId, text: 'calls back' },
});

describe('the page of a conversation', () => {
  it('CNV-2: shows who opened it and who waits', () => {
    expect(viewAfter(opened('message'), received('m1'))).toStrictEqual(begun);
    expect(viewAfter(opened('user'))).toMatchObject({ status: 'pending', waitingSince: null });
    expect(viewAfter(opened('welcome'), welcomed('w1'))).toMatchObject({
      status: 'new',
      waitingSince: at,
      messageCount: 0,
    });
  });

  it('CNV-3, ASG-1: shows the answer, the assignee and every channel it was on', () => {
    const events = [received('m2', otherAddress), assigned('ann', 'reply'), replied('r1'), answered('r1')];
    expect(viewAfter(opened('message'), received('m1'), ...events)).toStrictEqual({
      ...begun,
      revision: 5,
      status: 'pending',
      assignee: { userId: 'ann' },
      channelId: 'desk',
      medium: 'whatsapp',
      channelIds: ['shop', 'desk'],
      waitingSince: null,
      waitedSince: at,
      replyUntil,
      messageCount: 3,
    });
  });

  it('ASG-2: shows nobody when the assignee was taken off', () => {
    const taken: ConversationEvent = {
      type: 'ConversationUnassigned',
      data: { ...note, userId: 'ann', cause: 'hand' },
    };
    expect(viewAfter(opened('message'), assigned('ann'), taken)).toMatchObject({ assignee: null });
  });

  it('CNV-9: shows the closing note as it was edited last', () => {
    const edited: ConversationEvent = { type: 'ClosingNoteEdited', data: { ...note, categoryId: 'k1' } };
    expect(viewAfter(opened('message'), received('m1'), closed({ summary: 'done' }), edited)).toStrictEqual({
      ...begun,
      revision: 3,
      status: 'closed',
      waitingSince: null,
      closedAt: at,
      closedBy: { cause: 'user', actor: agent },
      closingNote: { categoryId: 'k1' },
    });
  });

  it('CNV-3: who was snoozed unanswered goes on waiting since then, who had an answer since the snooze is over', () => {
    const minute = (n: number) => `2026-03-02T09:0${n}:00.000Z`;
    const lived = (...events: readonly ConversationEvent[]) =>
      projectedDocuments(
        conversationsProjection,
        recordEvents(events.map((event, n) => [event, { at: minute(n) }] as const)),
      ).get('c.2');
    const until = '2026-03-05T08:00:00.000Z';
    const waiting = [opened('message'), received('m1')];
    expect(lived(...waiting, snoozed(until))).toMatchObject({
      status: 'snoozed',
      snoozedUntil: until,
      waitingSince: minute(0),
    });
    expect(lived(...waiting, snoozed(until), woken('time'))).toMatchObject({
      status: 'new',
      snoozedUntil: null,
      waitingSince: minute(0),
    });
    const answeredFirst = [...waiting, replied('r1'), answered('r1')];
    expect(lived(...answeredFirst, snoozed(until), woken('time'))).toMatchObject({
      status: 'new',
      waitingSince: minute(5),
    });
    expect(lived(...answeredFirst, resumed('r1'))).toMatchObject({ status: 'new', waitingSince: minute(0) });
    expect(lived(...answeredFirst, received('m2'), resumed('r1'))).toMatchObject({
      status: 'new',
      waitingSince: minute(0),
    });
  });

  it('CNV-7, CNV-8: shows topics, the bot that has it, and what it continues', () => {
    const begunAgain: ConversationEvent = {
      type: 'ConversationOpened',
      data: { ...opened('message').data, continues: 'c.1' },
    };
    expect(viewAfter(begunAgain, topicAdded('t1'), topicAdded('t2'), handedToBot)).toMatchObject({
      topicIds: ['t1', 't2'],
      handledBy: 'faq',
      continues: 'c.1',
    });
    const removed: ConversationEvent = { type: 'TopicRemoved', data: { ...note, topicId: 't1' } };
    expect(viewAfter(begunAgain, topicAdded('t1'), removed, handedToBot, takenFromBot('hand'))).toMatchObject({
      topicIds: [],
      handledBy: null,
    });
  });

  it('CNV-6: shows whom a note asks to look', () => {
    const mentioned: ConversationEvent = { type: 'AgentMentioned', data: { ...note, noteId: 'n1', userId: 'bob' } };
    expect(viewAfter(opened('message'), added('n1'), mentioned)).toMatchObject({
      notes: [{ noteId: 'n1', text: 'calls back', mentions: ['bob'] }],
    });
  });

  it('CNV-6: keeps the newest 20 internal notes and counts all', () => {
    const events = Array.from({ length: 23 }, (_, n) => added(`n${n}`));
    const view = viewAfter(opened('message'), ...events) as { noteCount: number; notes: { noteId: string }[] };
    expect(view.noteCount).toBe(23);
    expect(view.notes.map(({ noteId }) => noteId)).toStrictEqual(Array.from({ length: 20 }, (_, n) => `n${n + 3}`));
  });

  it('ASG-6: tells nobody how many messages there are where they see only some of them', async () => {
    const document = viewAfter(opened('message'), received('m1'), received('m2', otherAddress));
    const here = () => Promise.resolve(2);
    const models = readInMemory(() => [{ ...document, _id: 'c.2', _at: 2 }], { position: here, waitFor: here });
    const counts = async (...channels: readonly string[]) => {
      const viewer: Viewer = { userId: 'ann', role: 'agent', channels: new Set(channels) };
      const page = await conversationView(models, 'c.2', viewer);
      const list = await conversationsOf(models, ['c'], viewer, { limit: 1 });
      return [page?.messageCount, list.items[0]?.messageCount];
    };
    expect(await counts('shop', 'desk')).toStrictEqual([2, 2]);
    expect(await counts('shop')).toStrictEqual([undefined, undefined]);
  });

  it('DEL-2: is the contact’s, and an erased one does not come back with its later events', () => {
    expect(conversationsProjection.owners('c.2', begun)).toStrictEqual(['c']);
    expect(viewAfter(received('m1'), closed({}))).toBeUndefined();
  });
});
