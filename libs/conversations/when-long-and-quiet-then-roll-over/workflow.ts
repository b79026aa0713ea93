import { PreconditionFailed, StreamGone } from '#event-sourcing';
import type { Workflow } from '#event-sourcing';
import { closingNoteRules, closingNotesDirectory } from '../closing-notes/index.js';
import { conversationDecider } from '../conversation/decide.js';
import { conversationStream, parseConversationId } from '../conversation/events.js';
import { evolve, initial, keyOf, react } from './todo.js';
import type { LongEvent, LongState, RollOver } from './todo.js';

/**
 * When a conversation has become too long and is quiet, then it is closed, and the contact's next one goes on with it
 * (CNV-8). One instance per conversation that is too long.
 */
export const rollOverLongConversations: Workflow<LongEvent, LongState, RollOver> = {
  name: 'when-long-and-quiet-then-roll-over',
  version: 1,
  actsFrom: 'beginning',
  on: new Set([
    'MessageReceived',
    'ReplyWritten',
    'ConversationAnswered',
    'WaitingResumed',
    'ConversationSnoozed',
    'SnoozeEnded',
    'ConversationClosed',
  ]),
  key: keyOf,
  initial,
  evolve,
  react,
  owners: (conversationId) => [parseConversationId(conversationId)?.contactId ?? ''],
  performer: ({ runner, views }) => ({
    async perform({ revision }, { key, header }) {
      const rules = closingNoteRules(views.read(closingNotesDirectory));
      const command = { ...header, type: 'CloseAutomatically', cause: 'rollover', rules } as const;
      try {
        const stream = conversationStream(key);
        const result = await runner.run(conversationDecider, stream, command, { ifRevision: revision });
        return result.accepted ? result.position : 0;
      } catch (fault) {
        // It is not quiet: what has happened meanwhile comes here and sets another time. Or the contact was erased.
        if (fault instanceof PreconditionFailed || fault instanceof StreamGone) return 0;
        throw fault;
      }
    },
  }),
};
