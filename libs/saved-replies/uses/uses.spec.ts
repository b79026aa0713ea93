import { describe, expect, it } from '@jest/globals';
import type { ConversationEvent } from '#conversations/conversation';
import { projectedDocuments, recordEvents } from '#event-sourcing-testing';
import { savedReplyUsesProjection } from './project.js';
import type { ReplySent } from './project.js';

const data = { conversationId: 'c.1', contactId: 'c', channelId: 'shop', medium: 'custom', identityKey: 'i' } as const;
/** As the conversation writes it: what this model reads of it must fit. */
const sent = (
  messageId: string,
  savedReplyId?: string,
): Extract<ConversationEvent, { type: 'ReplyWritten' }> & ReplySent => ({
  type: 'ReplyWritten',
  data: {
    ...data,
    subjectId: 'c',
    messageId,
    text: 'Hello',
    answers: true,
    ...(savedReplyId !== undefined && { savedReplyId }),
  },
});

describe('the uses of saved replies', () => {
  it('REP-3: are counted by the messages that name them', () => {
    const at = (minute: number) => ({ at: `2026-03-02T10:0${minute}:00.000Z` });
    const events = recordEvents([
      [sent('m1', 'r1'), at(1)],
      [sent('m2'), at(2)],
      [sent('m3', 'r1'), at(3)],
    ]);
    expect(Object.fromEntries(projectedDocuments(savedReplyUsesProjection, events))).toStrictEqual({
      r1: { uses: 2, lastUsedAt: at(3).at },
    });
  });
});
