import { freePlace } from '#access/user';
import { conversationAtHand } from '#conversations/conversation';
import type { Workflow } from '#event-sourcing';
import { stepOf } from '../give/index.js';
import { evolve, initial, keyOf, placeOfKey, react } from './todo.js';
import type { FreeIt, ReservedEvent, ReservedState } from './todo.js';

/**
 * When a place is reserved, and the conversation does not become the agent's, then it is freed (ASG-7): routing gives it
 * back itself, unless it was interrupted before it could; then nobody would, until the conversation changes hands by
 * hand or ends.
 */
export const whenReservedPlaceIsNotUsedThenFree: Workflow<ReservedEvent, ReservedState, FreeIt> = {
  name: 'when-reserved-place-is-not-used-then-free',
  version: 1,
  actsFrom: 'first-enabled',
  on: new Set(['PlaceReserved', 'PlaceTaken', 'PlaceFreed', 'ConversationAssigned']),
  key: keyOf,
  initial,
  evolve,
  react,
  // Opaque ids; gone with the contact, it could not free the place.
  owners: () => [],
  performer: ({ runner, ids }) => ({
    async perform(_todo, { key, header }) {
      const { conversationId, userId } = placeOfKey(key);
      const conversation = await conversationAtHand(runner, conversationId);
      if (conversation?.assignee.userId === userId) return 0;
      const step = stepOf(ids, header)('free', userId);
      const freed = await freePlace(runner, step, { userId, conversationId });
      return freed.accepted ? freed.position : 0;
    },
  }),
};
