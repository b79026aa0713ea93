import type { EndSnooze, Snooze, Wake } from '../commands.js';
import type { OpenConversationState } from '../open-conversation.js';
import type { ConversationState } from '../state.js';
import type { Decision } from './decision.js';

/** CNV-3. Snoozed again, only the time changes. */
export function snooze({ until, at }: Snooze, state: OpenConversationState): Decision {
  if (state.snoozedUntil === until) return [];
  if (until <= at) return { code: 'snooze-over', until };
  const { conversationId, contactId } = state;
  return [{ type: 'ConversationSnoozed', data: { conversationId, contactId, until } }];
}

export function wake(_command: Wake, state: OpenConversationState): Decision {
  return state.snoozedUntil === null ? [] : ended(state, 'hand');
}

/** Only the snooze that is meant: the timer of one that was ended or moved may come late. */
export function endSnooze({ until }: EndSnooze, state: ConversationState): Decision {
  return state.phase === 'open' && state.snoozedUntil === until ? ended(state, 'time') : [];
}

function ended({ conversationId, contactId }: OpenConversationState, cause: 'hand' | 'time'): Decision {
  return [{ type: 'SnoozeEnded', data: { conversationId, contactId, cause } }];
}
