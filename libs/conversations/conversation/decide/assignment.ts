import type { Assign, AssignedUser, Route, TakeOff, Unassign } from '../commands.js';
import type { ConversationEvent } from '../events.js';
import type { UnassignmentCause } from '../events/assignment.js';
import type { OpenConversationState } from '../open-conversation.js';
import { isRefusal } from '#event-sourcing';
import { allows } from './access.js';
import type { Decision } from './decision.js';

/**
 * ASG-2: to an active user with access to the current channel, or to a team, which takes it off the user who had it.
 */
export function assign({ to, cause }: Assign, state: OpenConversationState): Decision {
  const { conversationId, contactId, assignee } = state;
  if ('teamId' in to) {
    const { teamId, exists } = to;
    if (!exists) return { code: 'unknown-team', teamId };
    if (assignee.teamId === teamId && assignee.userId === undefined) return [];
    return [{ type: 'ConversationAssigned', data: { conversationId, contactId, teamId, cause } }];
  }
  const { userId, access } = to;
  if (access === undefined || !allows(access, state.current.channelId)) {
    return { code: 'assignee-without-access', userId };
  }
  if (assignee.userId === userId) return [];
  return [{ type: 'ConversationAssigned', data: { conversationId, contactId, ...assignee, userId, cause } }];
}

/**
 * ASG-7: whoever took it meanwhile keeps it, and what a team has stays with the team: routing only picks somebody in
 * it.
 */
export function route(command: Route, state: OpenConversationState): Decision {
  const { to, pickedIn, after } = command;
  const { conversationId, contactId, assignee, status } = state;
  const teamId = 'teamId' in to ? to.teamId : pickedIn;
  const taken = assignee.userId !== undefined || (assignee.teamId !== undefined && assignee.teamId !== teamId);
  if (taken || (after === 'unassignment' && status !== 'new')) return [];
  const events = assign({ ...command, type: 'Assign', cause: 'routing' }, state);
  if (isRefusal(events) || pickedIn === undefined || 'teamId' in to) return events;
  const data = { conversationId, contactId, userId: to.userId, teamId: pickedIn, cause: 'routing' } as const;
  return [{ type: 'ConversationAssigned', data }];
}

export function unassign({ cause }: Unassign, state: OpenConversationState): Decision {
  const { conversationId, contactId, assignee } = state;
  if (assignee.userId === undefined && assignee.teamId === undefined) return [];
  return [{ type: 'ConversationUnassigned', data: { conversationId, contactId, ...assignee, cause } }];
}

/** ASG-3, ASG-6: somebody else may have it by now, or it may have been answered: then it stays. */
export function takeOff({ assigned }: TakeOff, state: OpenConversationState): Decision {
  const offline = assigned.offline && state.status === 'new';
  return takenOff(assigned, lostAccess(assigned, state.current.channelId) ?? (offline ? 'offline' : undefined), state);
}

/**
 * ASG-3, ASG-6: an inbound message on a channel that the assignee lacks, or one that makes an answered conversation
 * wait while the assignee is offline, takes it off them at once. What waited already has its two minutes.
 */
export function afterInbound(
  assigned: AssignedUser | undefined,
  inbound: { readonly channelId: string; readonly waits: boolean },
  state: OpenConversationState,
): readonly ConversationEvent[] {
  if (!assigned) return [];
  const offline = assigned.offline && inbound.waits && state.status !== 'new';
  return takenOff(assigned, lostAccess(assigned, inbound.channelId) ?? (offline ? 'offline' : undefined), state);
}

function lostAccess({ access }: AssignedUser, channelId: string): UnassignmentCause | undefined {
  if (access === undefined) return 'deactivated';
  return allows(access, channelId) ? undefined : 'access-lost';
}

function takenOff(
  { userId }: AssignedUser,
  cause: UnassignmentCause | undefined,
  { conversationId, contactId, assignee }: OpenConversationState,
): readonly ConversationEvent[] {
  if (cause === undefined || assignee.userId !== userId) return [];
  return [{ type: 'ConversationUnassigned', data: { conversationId, contactId, userId, cause } }];
}
