import type { Workflow } from '#event-sourcing';
import { createConversationChains } from '../chain/index.js';
import { endConversations } from './perform.js';
import { evolve, initial, react } from './todo.js';
import type { BlockEvent, BlockState, CloseConversations } from './todo.js';

/**
 * When a contact is blocked, then its open conversation is closed and no other opens (CON-6). One instance a contact.
 */
export const whenContactBlockedThenClose: Workflow<BlockEvent, BlockState, CloseConversations> = {
  name: 'when-contact-blocked-then-close',
  version: 1,
  actsFrom: 'beginning',
  on: new Set(['ContactBlocked', 'ContactUnblocked', 'ConversationChainSealed']),
  key: ({ data }) => data.contactId,
  initial,
  evolve,
  react,
  owners: (contactId) => [contactId],
  performer({ runner, ids }) {
    const ports = { runner, ids, chains: createConversationChains(runner) };
    return {
      perform: ({ blockId }, { header, key: contactId }) => endConversations(ports, header, { contactId, blockId }),
    };
  },
};
