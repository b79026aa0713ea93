import { emptySet, withAdded } from '#event-sourcing';
import type { GrowingSet } from '#event-sourcing';
import type {
  Address,
  ConversationChainSealed,
  ConversationEvent,
  ConversationOpened,
  MessageReceived,
  SealCause,
  WelcomeReceived,
} from './events.js';
import { newest } from './known-messages.js';
import type { ReceivedMessages } from './known-messages.js';

export interface Assignee {
  readonly userId?: string;
  readonly teamId?: string;
}

export interface ClosingNote {
  readonly categoryId?: string;
  readonly summary?: string;
}

interface Begun {
  readonly conversationId: string;
  readonly contactId: string;
  readonly number: number;
  /** Channels that the conversation was on: who has access to one of them sees it (ASG-6). */
  readonly channelIds: ReadonlySet<string>;
  readonly received: ReceivedMessages;
}

export interface OpenConversationState extends Begun {
  readonly phase: 'open';
  readonly status: 'new' | 'pending';
  /** Where the newest inbound message came from, or where the conversation was opened; and whose identity that is. */
  readonly current: Address & { readonly subjectId: string };
  readonly assignee: Assignee;
  /** Ids of replies and internal notes. */
  readonly written: GrowingSet;
}

export interface ClosedConversationState extends Begun {
  readonly phase: 'closed';
  /** Whose it was at the end: the contact stays theirs (ASG-4). */
  readonly assignee: Assignee;
  readonly note: ClosingNote;
}

/** No conversation: what keeps the contact's next one from beginning here. */
export interface SealedPlace {
  readonly phase: 'sealed';
  readonly contactId: string;
  readonly number: number;
  readonly received: ReceivedMessages;
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
  if (event.type === 'ConversationOpened') return state.phase === 'absent' ? opened(event.data) : state;
  if (event.type === 'ConversationChainSealed') return state.phase === 'absent' ? sealed(event.data) : state;
  if (event.type === 'ClosingNoteEdited') {
    return state.phase === 'closed' ? { ...state, note: noteOf(event.data) } : state;
  }
  if (state.phase !== 'open') return state;
  switch (event.type) {
    case 'MessageReceived':
      return { ...withInbound(state, event.data), status: 'new' };
    case 'WelcomeReceived':
      return withInbound(state, event.data);
    case 'ReplyWritten':
      return {
        ...state,
        written: withAdded(state.written, event.data.messageId),
        channelIds: withChannel(state.channelIds, event.data.channelId),
      };
    case 'InternalNoteAdded':
      return { ...state, written: withAdded(state.written, event.data.noteId) };
    case 'ConversationAnswered':
      return { ...state, status: 'pending' };
    case 'ConversationAssigned':
      return { ...state, assignee: assigneeOf(event.data) };
    case 'ConversationUnassigned':
      return { ...state, assignee: without(state.assignee, event.data) };
    case 'ConversationClosed':
      return {
        phase: 'closed',
        assignee: state.assignee,
        conversationId: state.conversationId,
        contactId: state.contactId,
        number: state.number,
        channelIds: state.channelIds,
        received: state.received,
        note: noteOf(event.data),
      };
  }
}

function sealed({ contactId, number, by, sealId, to, known }: ConversationChainSealed['data']): SealedPlace {
  return { phase: 'sealed', contactId, number, received: { carried: known, own: emptySet }, by, sealId, to };
}

function opened(data: ConversationOpened['data']): OpenConversationState {
  const { conversationId, contactId, number, channelId, medium, identityKey, openedBy, known } = data;
  return {
    phase: 'open',
    conversationId,
    contactId,
    number,
    channelIds: new Set([channelId]),
    received: { carried: known, own: emptySet },
    // Who opened the chat waits for us, also before the first word; whom we write to first does not (CNV-2).
    status: openedBy === 'message' || openedBy === 'welcome' ? 'new' : 'pending',
    current: { channelId, medium, identityKey, subjectId: contactId },
    assignee: {},
    written: emptySet,
  };
}

function withInbound(
  state: OpenConversationState,
  { messageId, sentAt, channelId, medium, identityKey, subjectId }: (MessageReceived | WelcomeReceived)['data'],
): OpenConversationState {
  const { carried, own, newestSentAt } = state.received;
  const newestSent = newest(newestSentAt, sentAt);
  return {
    ...state,
    current: { channelId, medium, identityKey, subjectId },
    channelIds: withChannel(state.channelIds, channelId),
    received: {
      carried,
      own: withAdded(own, messageId),
      ...(newestSent !== undefined && { newestSentAt: newestSent }),
    },
  };
}

function withChannel(channelIds: ReadonlySet<string>, channelId: string): ReadonlySet<string> {
  return channelIds.has(channelId) ? channelIds : new Set([...channelIds, channelId]);
}

export function assigneeOf({ userId, teamId }: Assignee): Assignee {
  return { ...(userId !== undefined && { userId }), ...(teamId !== undefined && { teamId }) };
}

export function without(assignee: Assignee, taken: Assignee): Assignee {
  return {
    ...(assignee.userId !== undefined && assignee.userId !== taken.userId && { userId: assignee.userId }),
    ...(assignee.teamId !== undefined && assignee.teamId !== taken.teamId && { teamId: assignee.teamId }),
  };
}

export function noteOf({ categoryId, summary }: ClosingNote): ClosingNote {
  return { ...(categoryId !== undefined && { categoryId }), ...(summary !== undefined && { summary }) };
}
