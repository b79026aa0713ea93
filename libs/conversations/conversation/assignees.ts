import { accessDirectory, assigneeAccessOf, isOffline, reaches } from '#access/user';
import { assigneeBetween } from '#contacts/contact';
import type { LiveViews } from '#event-sourcing';
import { settingsDirectory } from '#settings/settings';
import type { AssignedUser } from './commands.js';
import type { Assignee, OpenConversationState } from './open-conversation.js';
import type { ClosedConversationState } from './state.js';
import type { LivingContact } from './touch.js';

type Begun = OpenConversationState | ClosedConversationState;

/** What is known of the user who has the conversation, if somebody has. */
export function assignedUser(views: LiveViews, { userId }: Assignee): AssignedUser | undefined {
  if (userId === undefined) return undefined;
  const directory = views.read(accessDirectory);
  const offline =
    views.read(settingsDirectory).removeAssignmentWhenOffline &&
    isOffline(directory.users.get(userId)?.presence ?? 'unseen');
  return { userId, access: assigneeAccessOf(directory, userId), offline };
}

/**
 * ASG-4: whose the next conversation of the contact is from the beginning. A user without access to its channel, or who
 * has left, has it no more; neither has one who is offline while somebody waits (ASG-3).
 */
export function keptAssignee(
  views: LiveViews,
  assignment: LivingContact['assignment'],
  newest: Begun | undefined,
  next: { readonly channelId: string; readonly waits: boolean },
): Assignee {
  const { userId, teamId } = assigneeBetween(assignment, {
    afterConversation: newest?.number ?? 0,
    heldBy: newest?.assignee ?? {},
  });
  const user = assignedUser(views, userId === undefined ? {} : { userId });
  const stays = user?.access !== undefined && reaches(user.access, [next.channelId]) && !(next.waits && user.offline);
  const team = teamId !== undefined && views.read(accessDirectory).teams.get(teamId)?.archived === false;
  return { ...(stays && { userId: user.userId }), ...(team && { teamId }) };
}
