import { accessDirectory, freePlace, isOffline } from '#access/user';
import { attributeDirectory, vipEnabled } from '#attributes/attributes';
import { businessHoursDirectory, isOpen } from '#business-hours/calendars';
import { dayOfInstant } from '#contact-groups/condition';
import { groupDirectory, groupsOf } from '#contact-groups/groups';
import { contactTraits } from '#contacts/contact';
import { conversationAtHand, parseConversationId } from '#conversations/conversation';
import type { ConversationAtHand } from '#conversations/conversation';
import { StreamGone } from '#event-sourcing';
import type { CommandHeader, Position, Workflow, WorkflowPorts } from '#event-sourcing';
import { firstMatch, routingDirectory } from '#routing/rules';
import type { RoutingTarget } from '#routing/rules';
import { settingsDirectory } from '#settings/settings';
import { giveInTurn, giveToLeastBusy } from './pick.js';
import { giveToTeam, giveToUser, stepOf } from './place.js';
import { evolve, initial, keyOf, react } from './todo.js';
import type { RoutedEvent, RouteIt, RoutingState } from './todo.js';

/**
 * When nobody has a conversation that has opened, or that waits, then the routing rules say who is given it (ASG-7,
 * ASG-8). It is asked once: whom no rule finds, and whom nobody has a place for, stays in the queue.
 */
export const whenNobodyHasItThenRoute: Workflow<RoutedEvent, RoutingState, RouteIt> = {
  name: 'when-nobody-has-it-then-route',
  version: 1,
  actsFrom: 'first-enabled',
  on: new Set(['ConversationOpened', 'ConversationUnassigned', 'ConversationAssigned', 'ConversationClosed']),
  key: keyOf,
  initial,
  evolve,
  react,
  owners: (conversationId) => [parseConversationId(conversationId)?.contactId ?? ''],
  performer: (ports) => ({
    async perform({ position, after, left }, { key: conversationId, header }) {
      // Rules, access and presence from before the event count; this process may still lag behind them.
      await ports.views.waitFor(position);
      const conversation = await conversationAtHand(ports.runner, conversationId);
      const freed = left === null ? 0 : await freePlaceOf(left, conversation, { ports, header, conversationId });
      if (!conversation || conversation.assignee.userId !== undefined) return freed;
      if (after === 'unassignment' && conversation.status !== 'new') return freed;
      const to = await targetFor(ports, header, conversation);
      if (!to || !mayHave(to, conversation)) return freed;
      return (await give(ports, header, { conversation, to, after })) || freed;
    },
  }),
};

/** Whom it was taken off, unless they have it again. */
async function freePlaceOf(
  userId: string,
  conversation: ConversationAtHand | undefined,
  { ports, header, conversationId }: { ports: WorkflowPorts; header: CommandHeader; conversationId: string },
): Promise<Position> {
  if (conversation?.assignee.userId === userId) return 0;
  const step = stepOf(ports.ids, header)('free', userId);
  const freed = await freePlace(ports.runner, step, { userId, conversationId });
  return freed.accepted ? freed.position : 0;
}

/** What a team has stays with it: only a pick in that team finds somebody. */
const mayHave = (to: RoutingTarget, { assignee: { teamId } }: ConversationAtHand): boolean =>
  teamId === undefined || ('pick' in to && to.teamId === teamId);

/** Whom the first matching rule names; `undefined`: none matches, or the contact is about to be erased. */
async function targetFor(
  { runner, views }: WorkflowPorts,
  { at }: CommandHeader,
  { contactId, channelId, topicIds, assignee: { teamId } }: ConversationAtHand,
): Promise<RoutingTarget | undefined> {
  const rules = views.read(routingDirectory);
  if (rules.length === 0) return undefined;
  try {
    const contact = await contactTraits(runner, contactId);
    if (!contact) return undefined;
    const catalogue = views.read(attributeDirectory);
    const groups = groupsOf(contact, { groups: views.read(groupDirectory), catalogue });
    const circumstances = { day: dayOfInstant(at), vipEnabled: vipEnabled(catalogue) };
    const open = isOpen(views.read(businessHoursDirectory), { teamId, channelId }, at);
    const businessHours = open ? 'open' : 'closed';
    return firstMatch(rules, { channelId, topicIds, groups, contact, circumstances, businessHours })?.to;
  } catch (fault) {
    if (fault instanceof StreamGone) return undefined;
    throw fault;
  }
}

async function give(
  ports: WorkflowPorts,
  header: CommandHeader,
  { conversation, to, after }: { conversation: ConversationAtHand; to: RoutingTarget; after: RouteIt['after'] },
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
