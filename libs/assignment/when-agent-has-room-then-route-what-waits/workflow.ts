import { accessDirectory, assigneeAccessOf, reaches } from '#access/user';
import type { AccessDirectory } from '#access/user';
import { conversationAtHand } from '#conversations/conversation';
import { conversationsNobodyHas } from '#conversations/queue';
import type { CommandHeader, Position, Workflow, WorkflowPorts } from '#event-sourcing';
import { routingDirectory } from '#routing/rules';
import type { RoutingTarget } from '#routing/rules';
import { settingsDirectory } from '#settings/settings';
import { give, stepOf, targetFor } from '../give/index.js';
import { evolve, initial, react } from './todo.js';
import type { RoomEvent, RoomState, RouteWhatWaits } from './todo.js';

const patienceMs = 5_000;

/**
 * When an agent comes online, or a place of theirs becomes free, then what waits and nobody could take is routed again
 * (ASG-7): in the order of the queue, by the same rules, until the agent has no room left.
 */
export const whenAgentHasRoomThenRouteWhatWaits: Workflow<RoomEvent, RoomState, RouteWhatWaits> = {
  name: 'when-agent-has-room-then-route-what-waits',
  version: 1,
  actsFrom: 'first-enabled',
  on: new Set(['AgentCameOnline', 'AgentWentOffline', 'PlaceFreed']),
  key: ({ data }) => data.userId,
  initial,
  evolve,
  react,
  owners: () => [],
  performer: (ports) => ({
    async perform({ position }, { key: userId, header }) {
      const { ids, models, views } = ports;
      await views.waitFor(position);
      const access = assigneeAccessOf(views.read(accessDirectory), userId);
      if (!access || !hasRoom(ports, userId) || !isNamed(ports, userId)) return 0;
      await models.waitFor(position, patienceMs);
      let settled = 0;
      for (const conversationId of await conversationsNobodyHas(models, access)) {
        const given = await routeFor(ports, stepOf(ids, header)(conversationId), { userId, conversationId });
        settled = Math.max(settled, given);
        await views.waitFor(settled);
        if (!hasRoom(ports, userId)) break;
      }
      return settled;
    },
  }),
};

function hasRoom({ views }: WorkflowPorts, userId: string): boolean {
  const { maxOpenPerAgent: limit } = views.read(settingsDirectory);
  const user = views.read(accessDirectory).users.get(userId);
  return user !== undefined && (limit === null || user.places.size < limit);
}

/** Whether any rule could name them: without one, nothing that waits needs a look. */
function isNamed({ views }: WorkflowPorts, userId: string): boolean {
  const directory = views.read(accessDirectory);
  return views.read(routingDirectory).some(({ archived, to }) => !archived && names(to, userId, directory));
}

/** A team as a whole has no places: what it can have, it was given at once. */
function names(to: RoutingTarget, userId: string, { users, teams }: AccessDirectory): boolean {
  if ('userId' in to) return to.userId === userId;
  return 'pick' in to && users.get(userId)?.presence === 'online' && teams.get(to.teamId)?.members.has(userId) === true;
}

/** The queue was a hint: the conversation is routed as it is now. Answers where that is settled; 0: not by this. */
async function routeFor(
  ports: WorkflowPorts,
  header: CommandHeader,
  { userId, conversationId }: { readonly userId: string; readonly conversationId: string },
): Promise<Position> {
  const conversation = await conversationAtHand(ports.runner, conversationId);
  if (conversation?.status !== 'new' || conversation.assignee.userId !== undefined) return 0;
  const directory = ports.views.read(accessDirectory);
  const access = assigneeAccessOf(directory, userId);
  // Reserved and given back for want of access, a place would become free, and that leads here again.
  if (!access || !reaches(access, [conversation.channelId])) return 0;
  const to = await targetFor(ports, header, conversation);
  if (!to || !names(to, userId, directory)) return 0;
  return give(ports, header, { conversation, to, after: 'unassignment' });
}
