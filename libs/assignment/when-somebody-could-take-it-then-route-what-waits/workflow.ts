import { accessDirectory } from '#access/user';
import { conversationAtHand } from '#conversations/conversation';
import { waitingForAnybody } from '#conversations/queue';
import { againIfRebuilt } from '#event-sourcing';
import type { CommandHeader, Page, Position, Scalar, Workflow, WorkflowPorts } from '#event-sourcing';
import { routingDirectory } from '#routing/rules';
import { settingsDirectory } from '#settings/settings';
import { give, stepOf, targetFor } from '../give/index.js';
import { accessOf, couldTake, takersOf } from './takers.js';
import type { Takers } from './takers.js';
import { evolve, initial, keyOf, react } from './todo.js';
import type { Occasion, OccasionState, RouteWhatWaits } from './todo.js';

const patienceMs = 5_000;
const atOnce = 200;

/**
 * When somebody could take what nobody could be given before (they came online, have a place free, gained access, joined
 * a team; the rules or the limit have changed), then what waits is routed again (ASG-7): in the order of the queue, by
 * the same rules, until nobody of them has room left.
 */
export const whenSomebodyCouldTakeItThenRouteWhatWaits: Workflow<Occasion, OccasionState, RouteWhatWaits> = {
  name: 'when-somebody-could-take-it-then-route-what-waits',
  version: 1,
  actsFrom: 'first-enabled',
  on: new Set([
    'AgentCameOnline',
    'PlaceFreed',
    'ChannelAccessGranted',
    'AllChannelAccessGranted',
    'UserReactivated',
    'UserRoleChanged',
    'TeamMemberAdded',
    'TeamChannelAccessGranted',
    'RoutingRuleAdded',
    'RoutingTermsChanged',
    'RoutingTargetChanged',
    'RoutingRulesReordered',
    'RoutingRuleArchived',
    'AgentLimitSet',
    'AgentLimitLifted',
    'OfflineUnassignmentDisabled',
  ]),
  key: keyOf,
  initial,
  evolve,
  react,
  owners: () => [],
  performer: (ports) => ({
    async perform({ position }, { key, header }) {
      const { models, views } = ports;
      await views.waitFor(position);
      const takers = takersOf(views.read(accessDirectory), key);
      if (!anyCouldTake(ports, takers)) return 0;
      await models.waitFor(position, patienceMs);
      return againIfRebuilt(() => routeWhatWaits(ports, header, takers));
    },
  }),
};

/** Answers where the last that was given is settled; 0: none was. */
async function routeWhatWaits(ports: WorkflowPorts, header: CommandHeader, takers: Takers): Promise<Position> {
  const { ids, models, views } = ports;
  const access = accessOf(views.read(accessDirectory), takers);
  let settled: Position = 0;
  let after: readonly Scalar[] | undefined;
  do {
    const page: Page<string> = await waitingForAnybody(models, access, { limit: atOnce, after });
    for (const conversationId of page.items) {
      const given = await routeFor(ports, stepOf(ids, header)(conversationId), { takers, conversationId });
      settled = Math.max(settled, given);
      await views.waitFor(settled);
      if (!anyCouldTake(ports, takers)) return settled;
    }
    after = page.next;
  } while (after);
  return settled;
}

/** Whether any rule could: without one, nothing that waits needs a look. */
function anyCouldTake(ports: WorkflowPorts, takers: Takers): boolean {
  const circumstances = circumstancesOf(ports);
  return ports.views
    .read(routingDirectory)
    .some(({ archived, to }) => !archived && couldTake(takers, to, circumstances));
}

const circumstancesOf = ({ views }: WorkflowPorts) => ({
  directory: views.read(accessDirectory),
  settings: views.read(settingsDirectory),
});

/** The queue was a hint: the conversation is routed as it is now. Answers where that is settled; 0: not by this. */
async function routeFor(
  ports: WorkflowPorts,
  header: CommandHeader,
  { takers, conversationId }: { readonly takers: Takers; readonly conversationId: string },
): Promise<Position> {
  const conversation = await conversationAtHand(ports.runner, conversationId);
  if (conversation?.status !== 'new' || conversation.assignee.userId !== undefined) return 0;
  const to = await targetFor(ports, header, conversation);
  if (!to || !couldTake(takers, to, circumstancesOf(ports))) return 0;
  return give(ports, header, { conversation, to, after: 'unassignment' });
}
