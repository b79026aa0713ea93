import { describe, expect, it } from '@jest/globals';
import { projectedDocuments, recordEvents } from '#event-sourcing-testing';
import { agent, note } from '../conversation/conversation.fixtures.js';
import type { ConversationEvent } from '../conversation/events.js';
import { internalNotesProjection } from './project.js';

const added: ConversationEvent = { type: 'InternalNoteAdded', data: { ...note, noteId: 'n1', text: 'calls back' } };
const mentioned = (userId: string): ConversationEvent => ({
  type: 'AgentMentioned',
  data: { ...note, noteId: 'n1', userId },
});

describe('internal notes', () => {
  it('CNV-6: are documents of their own, with author, time and those whom they mention', () => {
    const events = recordEvents([added, mentioned('bob'), mentioned('eve')]);
    const document = {
      conversationId: 'c.2',
      contactId: 'c',
      text: 'calls back',
      author: agent,
      at: '2026-03-02T09:00:00.000Z',
      mentions: ['bob', 'eve'],
    };
    expect(Object.fromEntries(projectedDocuments(internalNotesProjection, events))).toStrictEqual({ n1: document });
    expect(internalNotesProjection.owners('n1', document)).toStrictEqual(['c']);
  });

  it('DEL-2: an erased one does not come back with a mention', () => {
    expect(projectedDocuments(internalNotesProjection, recordEvents([mentioned('bob')])).size).toBe(0);
  });
});
