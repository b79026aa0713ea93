import { emptySet } from '#event-sourcing';
import type { ConversationEvent } from './events.js';
import type { CloseCause, ConversationClosed } from './events/closing.js';
import type { MessageMoved } from './events/merging.js';
import type { MovedIdentity } from './events/of-conversation.js';
import type { ConversationChainSealed, SealCause } from './events/opening.js';
import { receivedWith } from './known-messages.js';
import type { ReceivedMessages } from './known-messages.js';
import { evolveOpen, opened } from './open-conversation.js';
import type { Assignee, Begun, OpenConversationState } from './open-conversation.js';

export interface ClosingNote {
  readonly categoryId?: string;
  readonly summary?: string;
}

export interface ClosedConversationState extends Begun {
  readonly phase: 'closed';
  /** Whose it was at the end: the contact stays theirs (ASG-4). */
  readonly assignee: Assignee;
  readonly cause: CloseCause;
  readonly note: ClosingNote;
}

/** No conversation: what keeps the contact's next one from beginning here. */
export interface SealedPlace {
  readonly phase: 'sealed';
  readonly contactId: string;
  readonly number: number;
  readonly received: ReceivedMessages;
  readonly moved: readonly MovedIdentity[];
  readonly by: SealCause;
  readonly sealId: string;
  readonly to: string | undefined;
}

export type ConversationState =
  { readonly phase: 'absent' } | OpenConversationState | ClosedConversationState | SealedPlace;

export const initial: ConversationState = { phase: 'absent' };

export function hasBegun(state: ConversationState): state is OpenConversationState | ClosedConversationState {
  return state.phase === 'open' || state.phase === 'closed';
}

/** Total: what does not fit the phase changes nothing, because a fact cannot be refused. */
export function evolve(state: ConversationState, event: ConversationEvent): ConversationState {
  switch (event.type) {
    case 'ConversationOpened':
      return state.phase === 'absent' ? opened(event.data) : state;
    case 'ConversationChainSealed':
      return state.phase === 'absent' ? sealed(event.data) : state;
    case 'ConversationClosed':
      return state.phase === 'open' ? closed(state, event.data) : state;
    case 'ClosingNoteEdited':
      return state.phase === 'closed' ? { ...state, note: noteOf(event.data) } : state;
    case 'MessageMoved':
      return hasBegun(state) ? withMoved(state, event.data) : state;
    default:
      return state.phase === 'open' ? evolveOpen(state, event) : state;
  }
}

function closed(state: OpenConversationState, { cause, ...note }: ConversationClosed['data']): ClosedConversationState {
  const { conversationId, contactId, number, channelIds, received, windows, moved, assignee } = state;
  const begun = { conversationId, contactId, number, channelIds, received, windows, moved };
  return { phase: 'closed', ...begun, assignee, cause, note: noteOf(note) };
}

/** Delivered again it is known here, and not where it came from any more (CON-2). */
function withMoved<S extends Begun>(state: S, { messageId, sentAt }: MessageMoved['data']): S {
  return { ...state, received: receivedWith(state.received, messageId, sentAt) };
}

function sealed({
  contactId,
  number,
  by,
  sealId,
  to,
  known,
  moved = [],
}: ConversationChainSealed['data']): SealedPlace {
  return { phase: 'sealed', contactId, number, received: { carried: known, own: emptySet }, moved, by, sealId, to };
}

export function noteOf({ categoryId, summary }: ClosingNote): ClosingNote {
  return { ...(categoryId !== undefined && { categoryId }), ...(summary !== undefined && { summary }) };
}
