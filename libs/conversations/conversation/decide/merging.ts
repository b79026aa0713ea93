import { holds } from '#event-sourcing';
import type { DivideConversation, GiveBackMessages, MoveMessage, TakeOverWaiting } from '../commands.js';
import type { ConversationEvent } from '../events.js';
import { hasBegun } from '../state.js';
import type { ConversationState } from '../state.js';
import type { Decision } from './decision.js';
import { opened } from './opening.js';

/** CON-5: in the primary's open conversation, or in one that is opened for it. */
export function takeOverWaiting(command: TakeOverWaiting, state: ConversationState): Decision {
  const { conversationId, contactId, mergeId, address, waitingSince } = command;
  const taken: ConversationEvent = {
    type: 'WaitingTakenOver',
    data: { conversationId, contactId, mergeId, subjectId: address.subjectId, waitingSince },
  };
  if (state.phase === 'absent') return [opened(command, 'merge'), taken];
  return state.phase === 'open' ? [taken] : { code: 'conversation-closed', conversationId };
}

/** CON-5: what was the secondary's alone ends here. */
export function divide({ mergeId, subjectIds, moved, stays }: DivideConversation, state: ConversationState): Decision {
  if (state.phase === 'absent' || state.phase === 'sealed') return { code: 'not-found' };
  const { conversationId, contactId } = state;
  if (moved.every((one) => state.moved.some((known) => isSame(known, one)))) return [];
  if (state.phase === 'closed') return { code: 'conversation-closed', conversationId };
  const data = { conversationId, contactId, mergeId, subjectIds, moved, ...(stays && { stays }) };
  const divided: ConversationEvent = { type: 'ConversationDivided', data };
  if (stays) return [divided];
  return [divided, { type: 'ConversationClosed', data: { conversationId, contactId, cause: 'merge' } }];
}

const isSame = (one: DivideConversation['moved'][number], other: DivideConversation['moved'][number]): boolean =>
  one.identityKey === other.identityKey && one.revision === other.revision;

/** CON-5: what nobody waits in is over at once. */
export function giveBackMessages(command: GiveBackMessages, state: ConversationState): Decision {
  const { conversationId, contactId, mergeId, since, subjectIds, from, waiting } = command;
  const of = { conversationId, contactId };
  const events: ConversationEvent[] = [
    { type: 'MessagesGivenBack', data: { ...of, mergeId, since, subjectIds, from } },
  ];
  for (const one of waiting) events.push({ type: 'WaitingTakenOver', data: { ...of, mergeId, ...one } });
  if (state.phase === 'open') return events;
  if (state.phase !== 'absent') return { code: 'conversation-closed', conversationId };
  if (waiting.length === 0) events.push({ type: 'ConversationClosed', data: { ...of, cause: 'merge' } });
  return [opened(command, 'merge'), ...events];
}

/** CON-5, DEL-6: into the conversation that it was given back to, also when that is closed. */
export function moveMessage({ message }: MoveMessage, state: ConversationState): Decision {
  if (!hasBegun(state)) return { code: 'not-found' };
  if (holds(state.received.own, message.messageId)) return [];
  const { conversationId, contactId } = state;
  return [{ type: 'MessageMoved', data: { conversationId, contactId, ...message } }];
}
