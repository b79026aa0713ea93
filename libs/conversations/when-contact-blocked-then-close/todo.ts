import type { ContactEvent } from '#contacts/contact';
import type { DomainEvent, Recorded, ToDo } from '#event-sourcing';
import type { ConversationEvent } from '../conversation/events.js';

type Of<E extends DomainEvent, Type extends E['type']> = Extract<E, { readonly type: Type }>;
export type BlockEvent =
  Of<ContactEvent, 'ContactBlocked' | 'ContactUnblocked'> | Of<ConversationEvent, 'ConversationChainSealed'>;

/** The block whose contact's conversations are not known to be ended yet. */
export type BlockState = { readonly phase: 'at-rest' } | { readonly phase: 'blocked'; readonly blockId: string };

export const initial: BlockState = { phase: 'at-rest' };

/** The seal is the last step: where it stands, or where the block was lifted before, nothing is left to do. */
export function evolve(state: BlockState, event: Recorded<BlockEvent>): BlockState {
  switch (event.type) {
    case 'ContactBlocked':
      return { phase: 'blocked', blockId: event.data.blockId };
    case 'ContactUnblocked':
      return initial;
    case 'ConversationChainSealed':
      return state.phase === 'blocked' && event.data.sealId === state.blockId ? initial : state;
  }
}

export interface CloseConversations extends ToDo {
  readonly name: 'close-conversations';
  readonly blockId: string;
}

export function react(state: BlockState): readonly CloseConversations[] {
  if (state.phase === 'at-rest') return [];
  return [{ id: state.blockId, name: 'close-conversations', blockId: state.blockId }];
}
