import type { ChannelAccess } from '#access/user';
import type { Decider } from '#event-sourcing';
import type { ConversationCommand } from './commands.js';
import { sees } from './decide/access.js';
import { assign, route, takeOff, unassign } from './decide/assignment.js';
import { close, closeAutomatically, editClosingNote } from './decide/closing.js';
import type { Decision } from './decide/decision.js';
import { recordReplyFailure } from './decide/failure.js';
import { divide, giveBackMessages, moveMessage, takeOverWaiting } from './decide/merging.js';
import { openByHand, receive, sealChain } from './decide/opening.js';
import { endSnooze, snooze, wake } from './decide/snooze.js';
import { addTopic, removeTopic } from './decide/topics.js';
import { addInternalNote, handToBot, takeFromBot, writeReply } from './decide/writing.js';
import type { ConversationEvent } from './events.js';
import type { ConversationRefusal } from './refusals.js';
import { evolve, hasBegun, initial } from './state.js';
import type { OpenConversationState } from './open-conversation.js';
import type { ConversationState } from './state.js';

/** Every rule of one conversation. */
export const conversationDecider: Decider<
  ConversationCommand,
  ConversationEvent,
  ConversationState,
  ConversationRefusal
> = { initial, evolve, decide };

function decide(command: ConversationCommand, state: ConversationState): Decision {
  switch (command.type) {
    case 'ReceiveMessage':
      return receive(command, state);
    case 'OpenByHand':
      return openByHand(command, state);
    case 'WriteReply':
      return whenOpen(command, state, writeReply);
    case 'RecordReplyFailure':
      return recordReplyFailure(command, state);
    case 'Snooze':
      return whenOpen(command, state, snooze);
    case 'Wake':
      return whenOpen(command, state, wake);
    case 'EndSnooze':
      return endSnooze(command, state);
    case 'HandToBot':
      return whenOpen(command, state, handToBot);
    case 'TakeFromBot':
      return whenOpen(command, state, takeFromBot);
    case 'AddTopic':
      return whenOpen(command, state, addTopic);
    case 'RemoveTopic':
      return whenOpen(command, state, removeTopic);
    case 'AddInternalNote':
      return whenOpen(command, state, addInternalNote);
    case 'Assign':
      return whenOpen(command, state, assign);
    case 'Route':
      return whenOpen(command, state, route);
    case 'Unassign':
      return whenOpen(command, state, unassign);
    case 'TakeOff':
      return whenOpen(command, state, takeOff);
    case 'Close':
      return whenOpen(command, state, close);
    case 'CloseAutomatically':
      return closeAutomatically(command, state);
    case 'SealChain':
      return sealChain(command, state);
    case 'TakeOverWaiting':
      return takeOverWaiting(command, state);
    case 'DivideConversation':
      return divide(command, state);
    case 'GiveBackMessages':
      return giveBackMessages(command, state);
    case 'MoveMessage':
      return moveMessage(command, state);
    case 'EditClosingNote':
      return editClosingNote(command, state);
  }
}

function whenOpen<C extends ConversationCommand & { readonly access: ChannelAccess }>(
  command: C,
  state: ConversationState,
  decideOpen: (command: C, state: OpenConversationState) => Decision,
): Decision {
  if (!hasBegun(state) || !sees(command.access, state)) return { code: 'not-found' };
  if (state.phase === 'closed') return { code: 'conversation-closed', conversationId: state.conversationId };
  return decideOpen(command, state);
}
