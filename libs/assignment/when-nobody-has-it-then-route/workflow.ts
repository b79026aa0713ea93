import { freePlace } from '#access/user';
import { conversationAtHand, parseConversationId } from '#conversations/conversation';
import type { ConversationAtHand } from '#conversations/conversation';
import type { CommandHeader, Position, Workflow, WorkflowPorts } from '#event-sourcing';
import { give, stepOf, targetFor } from '../give/index.js';
import { evolve, initial, keyOf, react } from './todo.js';
import type { RoutedEvent, RouteIt, RoutingState } from './todo.js';

/**
 * When nobody has a conversation that has opened, or that waits, then the routing rules say who is given it (ASG-7,
 * ASG-8). It is asked once: what nobody has a place for waits for `when-somebody-could-take-it-then-route-what-waits`.
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
      if (!to) return freed;
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
