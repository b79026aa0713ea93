import { holds } from '#event-sourcing';
import type { AddInternalNote, HandToBot, TakeFromBot, WriteReply } from '../commands.js';
import type { ConversationEvent } from '../events.js';
import type { Address } from '../events/of-conversation.js';
import type { ConversationRefusal } from '../refusals.js';
import { hasReplyWindow, windowOf } from '../reply-window.js';
import type { OpenConversationState } from '../open-conversation.js';
import { allows, sees } from './access.js';
import type { Decision } from './decision.js';

/** CNV-1, CNV-3, ASG-1: to the current channel unless another is chosen; takes an unassigned one; ends the waiting. */
export function writeReply(command: WriteReply, state: OpenConversationState): Decision {
  const { conversationId, contactId } = state;
  const { messageId, text, actor, writtenBy, savedReply } = command;
  if (holds(state.written, messageId)) return [];
  const to = command.chosen ?? state.current;
  if (!allows(command.access, to.channelId)) return { code: 'not-found' };
  if (command.disabledChannelIds.has(to.channelId)) return { code: 'channel-disabled', channelId: to.channelId };
  if (savedReply && !isOffered(savedReply, state)) return { code: 'not-found' };
  const closed = windowClosed(to, command.at, state);
  if (closed) return closed;
  const byUser = actor.role !== 'service';
  const answers = answersPerson(command, state);
  const events: ConversationEvent[] = [];
  // Who lacks the current channel can answer on another one; the conversation could not stay theirs (ASG-2).
  if (byUser && state.assignee.userId === undefined && allows(command.access, state.current.channelId)) {
    const data = { conversationId, contactId, ...state.assignee, userId: actor.id, cause: 'reply' } as const;
    events.push({ type: 'ConversationAssigned', data });
  }
  if (byUser && state.handledBy !== null) events.push(takenFromBot(state, state.handledBy, 'reply'));
  if (answers && state.snoozedUntil !== null) {
    events.push({ type: 'SnoozeEnded', data: { conversationId, contactId, cause: 'reply' } });
  }
  const origin = {
    ...(writtenBy !== undefined && { writtenBy }),
    ...(savedReply && { savedReplyId: savedReply.replyId }),
  };
  events.push({
    type: 'ReplyWritten',
    data: { conversationId, contactId, ...to, messageId, text, answers, ...origin },
  });
  if (answers && state.status !== 'pending') {
    events.push({ type: 'ConversationAnswered', data: { conversationId, contactId, messageId } });
  }
  return events;
}

/** REP-1: one that is not offered cannot be sent. */
function isOffered({ offeredOn }: NonNullable<WriteReply['savedReply']>, { current }: OpenConversationState): boolean {
  return offeredOn === 'everywhere' || offeredOn.has(current.channelId);
}

/** CNV-3: what a colleague writes answers; of the others, what says so, and what a bot says while it has the floor. */
function answersPerson({ actor, writtenBy, answers }: WriteReply, { handledBy }: OpenConversationState): boolean {
  if (actor.role !== 'service') return true;
  if (writtenBy === 'bot') return handledBy !== null;
  return writtenBy === undefined && answers;
}

/** CNV-5. */
function windowClosed(to: Address, at: string, { windows }: OpenConversationState): ConversationRefusal | undefined {
  if (!hasReplyWindow(to.medium)) return undefined;
  const window = windowOf(windows, to);
  if (window && at <= window.until) return undefined;
  return {
    code: 'reply-window-closed',
    channelId: to.channelId,
    ...(window && { replyUntil: window.until }),
  };
}

export function handToBot({ botId }: HandToBot, state: OpenConversationState): Decision {
  const { conversationId, contactId, handledBy } = state;
  return handledBy === botId ? [] : [{ type: 'ConversationHandedToBot', data: { conversationId, contactId, botId } }];
}

export function takeFromBot(_command: TakeFromBot, state: OpenConversationState): Decision {
  return state.handledBy === null ? [] : [takenFromBot(state, state.handledBy, 'hand')];
}

function takenFromBot(
  { conversationId, contactId }: OpenConversationState,
  botId: string,
  cause: 'hand' | 'reply',
): ConversationEvent {
  return { type: 'ConversationTakenFromBot', data: { conversationId, contactId, botId, cause } };
}

/** CNV-6: it never leaves the house; who is named in it must be able to see it. */
export function addInternalNote({ noteId, text, mentions }: AddInternalNote, state: OpenConversationState): Decision {
  const { conversationId, contactId } = state;
  if (holds(state.written, noteId)) return [];
  const blind = mentions.find(({ access }) => access === undefined || !sees(access, state));
  if (blind) return { code: 'mentioned-without-access', userId: blind.userId };
  return [
    { type: 'InternalNoteAdded', data: { conversationId, contactId, noteId, text } },
    ...mentions.map(({ userId }): ConversationEvent => ({
      type: 'AgentMentioned',
      data: { conversationId, contactId, noteId, userId },
    })),
  ];
}
