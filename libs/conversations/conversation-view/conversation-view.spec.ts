import { describe, expect, it } from '@jest/globals';
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
  replied,
  welcomed,
} from '../conversation/conversation.fixtures.js';
import type { ConversationEvent } from '../conversation/events.js';
import { conversationsProjection } from './project.js';

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
  openedAt: at,
  openedBy: { cause: 'message', actor: agent },
  closedAt: null,
  closedBy: null,
  closingNote: null,
  messageCount: 1,
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

  it('CNV-6: keeps the newest 20 internal notes and counts all', () => {
    const events = Array.from({ length: 23 }, (_, n) => added(`n${n}`));
    const view = viewAfter(opened('message'), ...events) as { noteCount: number; notes: { noteId: string }[] };
    expect(view.noteCount).toBe(23);
    expect(view.notes.map(({ noteId }) => noteId)).toStrictEqual(Array.from({ length: 20 }, (_, n) => `n${n + 3}`));
  });

  it('DEL-2: is the contact’s, and an erased one does not come back with its later events', () => {
    expect(conversationsProjection.owners('c.2', begun)).toStrictEqual(['c']);
    expect(viewAfter(received('m1'), closed({}))).toBeUndefined();
  });
});
