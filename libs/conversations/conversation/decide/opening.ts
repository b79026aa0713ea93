import type { OpenByHand, Opening, ReceiveMessage, SealChain } from '../commands.js';
import type { ConversationEvent } from '../events.js';
import type { Address, MovedIdentity } from '../events/of-conversation.js';
import type { Opener } from '../events/opening.js';
import { replyUntilAfter } from '../reply-window.js';
import { carrierOf, conversationHolding } from '../known-messages.js';
import type { ConversationState } from '../state.js';
import { afterInbound } from './assignment.js';
import type { Decision } from './decision.js';

/** CON-2, CNV-1 to CNV-3: known messages change nothing, the first of a new conversation opens it. */
export function receive(command: ReceiveMessage, state: ConversationState): Decision {
  const { messageId, conversationId } = command;
  if (state.phase === 'absent') {
    if (carrierOf(messageId, command.known) !== undefined) return [];
    if (isOutdated(command, command.moved)) return { code: 'conversation-closed', conversationId };
    const address = { ...command.address, subjectId: command.subjectId };
    return [opened({ ...command, address }, command.kind), ...kept(command), inbound(command)];
  }
  if (state.phase === 'sealed') return { code: 'conversation-closed', conversationId };
  if (conversationHolding(messageId, state.received, state.number) !== undefined) return [];
  if (state.phase === 'closed') return { code: 'conversation-closed', conversationId };
  // To the sender it is over: it reads the claim anew.
  if (isOutdated(command, state.moved)) return { code: 'conversation-closed', conversationId };
  const { channelId } = command.address;
  const waits = command.kind === 'message';
  const events = [inbound(command), ...afterInbound(command.assigned, { channelId, waits }, state)];
  if (!waits || state.snoozedUntil === null) return events;
  const { contactId } = state;
  return [{ type: 'SnoozeEnded', data: { conversationId, contactId, cause: 'message' } }, ...events];
}

function inbound(command: ReceiveMessage): ConversationEvent {
  const { conversationId, contactId, messageId, subjectId, externalMessageId, text, sentAt, address } = command;
  const replyUntil = replyUntilAfter(address.medium, command);
  const common = {
    conversationId,
    contactId,
    ...address,
    messageId,
    subjectId,
    ...(sentAt !== undefined && { sentAt }),
    ...(replyUntil !== undefined && { replyUntil }),
  };
  return command.kind === 'message'
    ? { type: 'MessageReceived', data: { ...common, externalMessageId, text } }
    : { type: 'WelcomeReceived', data: common };
}

/** CNV-2: opened by a user, it is theirs; nobody waits in it. */
export function openByHand(command: OpenByHand, state: ConversationState): Decision {
  const { conversationId, contactId, actor } = command;
  if (state.phase === 'open') return { code: 'conversation-open', conversationId };
  if (state.phase !== 'absent') return { code: 'conversation-closed', conversationId };
  if (actor.role === 'service') return [opened(command, command.onBehalfOf ?? 'service'), ...kept(command)];
  return [
    opened(command, 'user'),
    { type: 'ConversationAssigned', data: { conversationId, contactId, userId: actor.id, cause: 'opening' } },
  ];
}

/** ASG-4. */
function kept({
  conversationId,
  contactId,
  kept: assignee,
}: ReceiveMessage | OpenByHand): readonly ConversationEvent[] {
  if (assignee.userId === undefined && assignee.teamId === undefined) return [];
  return [{ type: 'ConversationAssigned', data: { conversationId, contactId, ...assignee, cause: 'kept' } }];
}

/** CON-5, CON-6: nobody opens the contact's next conversation, unless it has begun: then it is closed first. */
export function sealChain(command: SealChain, state: ConversationState): Decision {
  const { conversationId, contactId, number, known, moved, by, sealId, to } = command;
  if (state.phase === 'sealed' && state.sealId === sealId) return [];
  if (state.phase !== 'absent') return { code: 'conversation-closed', conversationId };
  const data = { conversationId, contactId, number, by, sealId, known };
  const optional = { ...(to !== undefined && { to }), ...(moved.length > 0 && { moved }) };
  return [{ type: 'ConversationChainSealed', data: { ...data, ...optional } }];
}

/** The beginning of a conversation. */
export function opened(
  command: Opening & { readonly at: string; readonly address: Address & { readonly subjectId?: string } },
  openedBy: Opener,
): ConversationEvent {
  const { conversationId, contactId, number, known, windows, continues, moved, toRoute } = command;
  const { channelId, medium, identityKey, subjectId = contactId } = command.address;
  const place = { conversationId, contactId, channelId, medium, identityKey, number, openedBy, known };
  const carried = {
    ...(windows !== undefined && { windows: windows.filter(({ until }) => until > command.at) }),
    ...(continues !== undefined && { continues }),
    ...(subjectId !== contactId && { subjectId }),
    ...(moved.length > 0 && { moved }),
    ...(toRoute && { toRoute }),
  };
  return { type: 'ConversationOpened', data: { ...place, ...carried } };
}

/** CON-5: whose the identity is was read before an undone merge moved it. */
const isOutdated = (
  { address: { identityKey }, claimRevision }: ReceiveMessage,
  moved: readonly MovedIdentity[],
): boolean => moved.some((one) => one.identityKey === identityKey && one.revision > claimRevision);
