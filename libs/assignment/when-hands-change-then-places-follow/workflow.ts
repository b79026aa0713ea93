import { accessDirectory, freePlace, takePlace } from '#access/user';
import { conversationAtHand, parseConversationId } from '#conversations/conversation';
import type { CommandHeader, Position, Workflow, WorkflowPorts } from '#event-sourcing';
import { contactOfKey, evolve, initial, keyOf, react } from './todo.js';
import type { HandsEvent, PlacesState, SettlePlaces } from './todo.js';

/**
 * When a conversation changes hands, or ends, then the places of those who had it and who has it follow (ASG-5): what
 * was taken by hand counts, too, when routing asks how much an agent has.
 */
export const whenHandsChangeThenPlacesFollow: Workflow<HandsEvent, PlacesState, SettlePlaces> = {
  name: 'when-hands-change-then-places-follow',
  version: 1,
  actsFrom: 'first-enabled',
  on: new Set(['ConversationAssigned', 'ConversationClosed', 'PlaceTaken', 'PlaceFreed', 'ContactDeleted']),
  key: keyOf,
  initial,
  evolve,
  react,
  // Opaque ids; gone with the contact, it could not free the places that the contact's conversations held.
  owners: () => [],
  performer: (ports) => ({
    async perform({ position }, { key, header }) {
      await ports.views.waitFor(position);
      const contactId = contactOfKey(key);
      if (contactId !== undefined)
        return freeAll(ports, header, (id) => parseConversationId(id)?.contactId === contactId);
      const conversation = await conversationAtHand(ports.runner, key);
      const userId = conversation?.assignee.userId;
      // Nobody has it: it was taken off somebody, and routing goes by that.
      if (conversation && userId === undefined && conversation.assignee.teamId === undefined) return 0;
      const freed = await freeAll(ports, header, (id, holder) => id === key && holder !== userId);
      if (userId === undefined) return freed;
      const taken = await takePlace(ports.runner, stepOf(ports, header, 'take', userId), {
        userId,
        conversationId: key,
      });
      return taken.accepted ? Math.max(freed, taken.position) : freed;
    },
  }),
};

/** Frees the places that fit, whoever has them. */
async function freeAll(
  ports: WorkflowPorts,
  header: CommandHeader,
  fits: (conversationId: string, userId: string) => boolean,
): Promise<Position> {
  let position = 0;
  for (const { userId, places } of ports.views.read(accessDirectory).users.values()) {
    for (const conversationId of [...places].filter((id) => fits(id, userId))) {
      const step = stepOf(ports, header, 'free', userId, conversationId);
      const freed = await freePlace(ports.runner, step, { userId, conversationId });
      if (freed.accepted) position = Math.max(position, freed.position);
    }
  }
  return position;
}

function stepOf({ ids }: WorkflowPorts, header: CommandHeader, ...name: readonly string[]): CommandHeader {
  const commandId = ids.derivedUuid('places', header.commandId, ...name);
  return { ...header, commandId, commandHash: commandId, causationId: header.commandId };
}
