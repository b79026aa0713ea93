import type { Assign, Unassign } from '../commands.js';
import type { OpenConversationState } from '../state.js';
import { allows } from './access.js';
import type { Decision } from './decision.js';

/** ASG-2: only to an active user with access to the current channel. */
export function assign({ userId, assigneeAccess }: Assign, state: OpenConversationState): Decision {
  const { conversationId, contactId, assignee } = state;
  if (assigneeAccess === undefined || !allows(assigneeAccess, state.current.channelId)) {
    return { code: 'assignee-without-access', userId };
  }
  if (assignee.userId === userId) return [];
  return [{ type: 'ConversationAssigned', data: { conversationId, contactId, ...assignee, userId, cause: 'hand' } }];
}

export function unassign(_command: Unassign, state: OpenConversationState): Decision {
  const { conversationId, contactId, assignee } = state;
  if (assignee.userId === undefined && assignee.teamId === undefined) return [];
  return [{ type: 'ConversationUnassigned', data: { conversationId, contactId, ...assignee, cause: 'hand' } }];
}
