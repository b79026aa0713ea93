import { accessDirectory, assigneeAccessOf, isOffline, reaches } from '#access/user';
import type { AccessDirectory } from '#access/user';
import type { ConversationAtHand } from '#conversations/conversation';
import type { CommandHeader, Position, WorkflowPorts } from '#event-sourcing';
import type { RoutingTarget } from '#routing/rules';
import { settingsDirectory } from '#settings/settings';
import type { Settings } from '#settings/settings';
import { giveInTurn, giveToLeastBusy } from './pick.js';
import { giveToTeam, giveToUser } from './place.js';
import type { Unowned } from './place.js';

/** Gives it to whom the rule names. Answers where that is settled; 0: nobody can take it now. */
export async function give(
  ports: WorkflowPorts,
  header: CommandHeader,
  { conversation, to, after }: { conversation: ConversationAtHand; to: RoutingTarget; after: Unowned['after'] },
): Promise<Position> {
  const { conversationId, channelId } = conversation;
  const unowned = { conversationId, after };
  const settings = ports.views.read(settingsDirectory);
  const { maxOpenPerAgent: limit } = settings;
  if ('userId' in to) {
    const directory = ports.views.read(accessDirectory);
    // A place that is given back for want of access becomes free, which is an occasion to look at what waits: at this.
    if (!reaches(assigneeAccessOf(directory, to.userId) ?? new Set(), [channelId])) return 0;
    if (!couldKeep(to.userId, directory, settings)) return 0;
    const outcome = await giveToUser(ports, header, unowned, to.userId, { limit });
    return 'settled' in outcome ? outcome.settled : 0;
  }
  if (!('pick' in to)) return giveToTeam(ports, header, unowned, to);
  const from = { teamId: to.teamId, channelId, limit };
  return to.pick === 'roundRobin'
    ? giveInTurn(ports, header, unowned, from)
    : giveToLeastBusy(ports, header, unowned, from);
}

/** ASG-3: what somebody offline is given by name would be taken off them again. */
export function couldKeep(
  userId: string,
  { users }: AccessDirectory,
  { removeAssignmentWhenOffline }: Settings,
): boolean {
  return !removeAssignmentWhenOffline || !isOffline(users.get(userId)?.presence ?? 'unseen');
}
