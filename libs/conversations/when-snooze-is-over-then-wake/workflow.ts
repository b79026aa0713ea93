import { StreamGone } from '#event-sourcing';
import type { Workflow } from '#event-sourcing';
import { conversationDecider } from '../conversation/decide.js';
import { conversationStream, parseConversationId } from '../conversation/events.js';
import { evolve, initial, react } from './todo.js';
import type { SnoozeEvent, SnoozeState, WakeUp } from './todo.js';

/**
 * When the time of a snooze has come, then the conversation is new again (CNV-3). One instance per snoozed
 * conversation.
 */
export const wakeAfterSnooze: Workflow<SnoozeEvent, SnoozeState, WakeUp> = {
  name: 'when-snooze-is-over-then-wake',
  version: 1,
  actsFrom: 'beginning',
  on: new Set(['ConversationSnoozed', 'SnoozeEnded', 'ConversationClosed']),
  key: ({ data }) => data.conversationId,
  initial,
  evolve,
  react,
  owners: (conversationId) => [parseConversationId(conversationId)?.contactId ?? ''],
  performer: ({ runner }) => ({
    async perform({ due }, { key, header }) {
      try {
        const command = { ...header, type: 'EndSnooze', until: due } as const;
        const result = await runner.run(conversationDecider, conversationStream(key), command);
        return result.accepted ? result.position : 0;
      } catch (fault) {
        // The contact was erased meanwhile.
        if (fault instanceof StreamGone) return 0;
        throw fault;
      }
    },
  }),
};
