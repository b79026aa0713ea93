import { holds } from '#event-sourcing';
import type { AddInternalNote, WriteReply } from '../commands.js';
import type { ConversationEvent } from '../events.js';
import type { OpenConversationState } from '../state.js';
import { allows } from './access.js';
import type { Decision } from './decision.js';

/** CNV-1, CNV-3, ASG-1: to the current channel unless another is chosen; takes an unassigned one; ends the waiting. */
export function writeReply(command: WriteReply, state: OpenConversationState): Decision {
  const { conversationId, contactId } = state;
  const { messageId, text, actor } = command;
  if (holds(state.written, messageId)) return [];
  const to = command.chosen ? { ...command.chosen, subjectId: contactId } : state.current;
  if (!allows(command.access, to.channelId)) return { code: 'not-found' };
  if (command.disabledChannelIds.has(to.channelId)) return { code: 'channel-disabled', channelId: to.channelId };
  const byUser = actor.role !== 'service';
  const answers = byUser || command.answers;
  const events: ConversationEvent[] = [];
  // Who lacks the current channel can answer on another one; the conversation could not stay theirs (ASG-2).
  if (byUser && state.assignee.userId === undefined && allows(command.access, state.current.channelId)) {
    const data = { conversationId, contactId, ...state.assignee, userId: actor.id, cause: 'reply' } as const;
    events.push({ type: 'ConversationAssigned', data });
  }
  events.push({ type: 'ReplyWritten', data: { conversationId, contactId, ...to, messageId, text, answers } });
  if (answers && state.status === 'new') {
    events.push({ type: 'ConversationAnswered', data: { conversationId, contactId, messageId } });
  }
  return events;
}

/** CNV-6. */
export function addInternalNote({ noteId, text }: AddInternalNote, state: OpenConversationState): Decision {
  const { conversationId, contactId } = state;
  if (holds(state.written, noteId)) return [];
  return [{ type: 'InternalNoteAdded', data: { conversationId, contactId, noteId, text } }];
}
