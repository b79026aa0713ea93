import { reaches } from '#access/user';
import type { AssignContact, UnassignContact } from '../commands.js';
import type { ContactEvent } from '../events.js';
import type { ContactRefusal } from '../refusals.js';
import { channelsOf } from '../known-contact.js';
import type { ContactAssignee, KnownContact } from '../known-contact.js';

type Decision = readonly ContactEvent[] | ContactRefusal;

/** ASG-2, ASG-4: to an active user who sees the contact, or to a team. */
export function assignContact(command: AssignContact, contact: KnownContact): Decision {
  const { contactId, to, afterConversation } = command;
  const held = assigneeBetween(contact.assignment, command);
  if ('teamId' in to) {
    const { teamId, exists } = to;
    if (!exists) return { code: 'unknown-team', teamId };
    if (held.teamId === teamId && held.userId === undefined) return [];
    return [{ type: 'ContactAssigned', data: { contactId, teamId, afterConversation } }];
  }
  const { userId, access } = to;
  const channels = channelsOf(contact);
  if (access === undefined || (channels.length > 0 && !reaches(access, channels))) {
    return { code: 'assignee-without-access', userId };
  }
  if (held.userId === userId) return [];
  return [{ type: 'ContactAssigned', data: { contactId, ...held, userId, afterConversation } }];
}

/** ASG-4: while a conversation is open, the assignment is the conversation's. */
export function unassignContact(command: UnassignContact, contact: KnownContact): Decision {
  const { contactId, afterConversation, openConversationId } = command;
  if (openConversationId !== undefined) return { code: 'conversation-open', conversationId: openConversationId };
  const held = assigneeBetween(contact.assignment, command);
  if (held.userId === undefined && held.teamId === undefined) return [];
  return [{ type: 'ContactUnassigned', data: { contactId, ...held, afterConversation } }];
}

/**
 * ASG-4: whose the contact is while no conversation is open: the later of what was said of the contact and of who had
 * its last conversation.
 */
export function assigneeBetween(
  assignment: KnownContact['assignment'],
  last: { readonly afterConversation: number; readonly heldBy: ContactAssignee },
): ContactAssignee {
  return assignment && assignment.afterConversation >= last.afterConversation ? assignment.assignee : last.heldBy;
}
