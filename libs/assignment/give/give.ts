import { accessDirectory, isOffline } from '#access/user';
import type { ConversationAtHand } from '#conversations/conversation';
import type { CommandHeader, Position, WorkflowPorts } from '#event-sourcing';
import type { RoutingTarget } from '#routing/rules';
import { settingsDirectory } from '#settings/settings';
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
  const { maxOpenPerAgent: limit, removeAssignmentWhenOffline } = ports.views.read(settingsDirectory);
  if ('userId' in to) {
    const user = ports.views.read(accessDirectory).users.get(to.userId);
    // ASG-3: it would be taken off them again.
    if (removeAssignmentWhenOffline && isOffline(user?.presence ?? 'unseen')) return 0;
    const outcome = await giveToUser(ports, header, unowned, to.userId, { limit });
    return 'settled' in outcome ? outcome.settled : 0;
  }
  if (!('pick' in to)) return giveToTeam(ports, header, unowned, to);
  const from = { teamId: to.teamId, channelId, limit };
  return to.pick === 'roundRobin'
    ? giveInTurn(ports, header, unowned, from)
    : giveToLeastBusy(ports, header, unowned, from);
}
