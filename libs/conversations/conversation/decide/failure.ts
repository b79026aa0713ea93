import type { RecordReplyFailure } from '../commands.js';
import type { ConversationEvent } from '../events.js';
import type { ConversationState } from '../state.js';
import type { Decision } from './decision.js';

/** CNV-3: when the last answer that stood has failed, the person still waits, as long as before. */
export function recordReplyFailure({ messageId }: RecordReplyFailure, state: ConversationState): Decision {
  if (state.phase !== 'open' || !state.standingAnswers.includes(messageId)) return [];
  const { conversationId, contactId } = state;
  const data = { conversationId, contactId, messageId };
  const events: ConversationEvent[] = [{ type: 'ReplyFailed', data }];
  if (state.standingAnswers.length > 1) return events;
  if (state.status === 'snoozed') {
    events.push({ type: 'SnoozeEnded', data: { conversationId, contactId, cause: 'failure' } });
  }
  return [...events, { type: 'WaitingResumed', data }];
}
