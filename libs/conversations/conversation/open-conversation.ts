import { emptySet, withAdded } from '#event-sourcing';
import type { GrowingSet } from '#event-sourcing';
import type { ConversationEvent } from './events.js';
import type { MovedIdentity, Recipient, ReplyWindow } from './events/of-conversation.js';
import type { ConversationOpened } from './events/opening.js';
import type { MessageReceived, WelcomeReceived } from './events/writing.js';
import { receivedWith } from './known-messages.js';
import type { ReceivedMessages } from './known-messages.js';

export interface Assignee {
  readonly userId?: string;
  readonly teamId?: string;
}

/** What is known of a conversation from its opening on, also when it is closed. */
export interface Begun {
  readonly conversationId: string;
  readonly contactId: string;
  readonly number: number;
  /** Channels that the conversation was on: who has access to one of them sees it (ASG-6). */
  readonly channelIds: ReadonlySet<string>;
  readonly received: ReceivedMessages;
  /** The newest reply window of each identity on each channel, also from the conversation before (CNV-5). */
  readonly windows: readonly ReplyWindow[];
  /** Identities that are not the contact's any more, since a merge was undone. */
  readonly moved: readonly MovedIdentity[];
}

export interface OpenConversationState extends Begun {
  readonly phase: 'open';
  readonly status: 'new' | 'pending' | 'snoozed';
  /** Until when it is snoozed; `null`: it is not. */
  readonly snoozedUntil: string | null;
  /** Where the newest inbound message came from, or where the conversation was opened; and whose identity that is. */
  readonly current: Recipient;
  readonly assignee: Assignee;
  /** Ids of replies and internal notes. */
  readonly written: GrowingSet;
  /** Answers since the waiting ended last that have not failed: when none is left, nobody has answered (CNV-3). */
  readonly standingAnswers: readonly string[];
  /** The bot that speaks for us; `null`: people do. */
  readonly handledBy: string | null;
  readonly topicIds: readonly string[];
}

/** What can happen to it, its phase left as it is. */
type OfOpen = Exclude<
  ConversationEvent,
  {
    readonly type:
      'ConversationOpened' | 'ConversationChainSealed' | 'ConversationClosed' | 'ClosingNoteEdited' | 'MessageMoved';
  }
>;

export function evolveOpen(state: OpenConversationState, event: OfOpen): OpenConversationState {
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
        // The first answer is counted by `ConversationAnswered`, which comes after it.
        standingAnswers:
          event.data.answers && state.status === 'pending'
            ? [...state.standingAnswers, event.data.messageId]
            : state.standingAnswers,
      };
    case 'ConversationAnswered':
      return { ...state, status: 'pending', standingAnswers: [event.data.messageId] };
    case 'ReplyFailed':
      return { ...state, standingAnswers: state.standingAnswers.filter((id) => id !== event.data.messageId) };
    case 'WaitingResumed':
      return { ...state, status: 'new' };
    case 'ConversationSnoozed':
      return { ...state, status: 'snoozed', snoozedUntil: event.data.until };
    case 'SnoozeEnded':
      return { ...state, status: 'new', snoozedUntil: null };
    case 'ConversationHandedToBot':
      return { ...state, handledBy: event.data.botId };
    case 'ConversationTakenFromBot':
      return { ...state, handledBy: null };
    case 'TopicAdded':
      return { ...state, topicIds: [...without(state.topicIds, event.data.topicId), event.data.topicId] };
    case 'TopicRemoved':
      return { ...state, topicIds: without(state.topicIds, event.data.topicId) };
    case 'InternalNoteAdded':
      return { ...state, written: withAdded(state.written, event.data.noteId) };
    case 'AgentMentioned':
      return state;
    case 'ConversationAssigned':
      return { ...state, assignee: assigneeOf(event.data) };
    case 'ConversationUnassigned':
      return { ...state, assignee: withoutAssignee(state.assignee, event.data) };
    case 'WaitingTakenOver':
      return { ...state, status: 'new', snoozedUntil: null };
    case 'ConversationDivided': {
      const moved = [...state.moved, ...event.data.moved];
      const { stays } = event.data;
      if (!stays) return { ...state, moved };
      const { current, waitingSince } = stays;
      const awake = waitingSince === undefined ? 'pending' : 'new';
      const status = state.snoozedUntil === null ? awake : 'snoozed';
      return { ...state, moved, current, channelIds: new Set(stays.channelIds), status };
    }
    case 'MessagesGivenBack': {
      const channelIds = event.data.from.flatMap((given) => given.channelIds);
      return { ...state, channelIds: new Set([...state.channelIds, ...channelIds]) };
    }
  }
}

export function opened(data: ConversationOpened['data']): OpenConversationState {
  const { conversationId, contactId, number, channelId, medium, identityKey, openedBy, known, windows } = data;
  const { subjectId = contactId, moved = [] } = data;
  return {
    phase: 'open',
    conversationId,
    contactId,
    number,
    channelIds: new Set([channelId]),
    received: { carried: known, own: emptySet },
    windows: windows ?? [],
    moved,
    // Who opened the chat waits for us, also before the first word; whom we write to first does not (CNV-2).
    status: openedBy === 'message' || openedBy === 'welcome' ? 'new' : 'pending',
    snoozedUntil: null,
    current: { channelId, medium, identityKey, subjectId },
    assignee: {},
    written: emptySet,
    standingAnswers: [],
    handledBy: null,
    topicIds: [],
  };
}

function withInbound(
  state: OpenConversationState,
  {
    messageId,
    sentAt,
    channelId,
    medium,
    identityKey,
    subjectId,
    replyUntil,
  }: (MessageReceived | WelcomeReceived)['data'],
): OpenConversationState {
  return {
    ...state,
    current: { channelId, medium, identityKey, subjectId },
    channelIds: withChannel(state.channelIds, channelId),
    received: receivedWith(state.received, messageId, sentAt),
    windows:
      replyUntil === undefined
        ? state.windows
        : withWindow(state.windows, { channelId, identityKey, until: replyUntil }),
  };
}

/** A message that the channel delivers late closes no window that a newer one has opened. */
function withWindow(windows: readonly ReplyWindow[], window: ReplyWindow): readonly ReplyWindow[] {
  const of = ({ channelId, identityKey }: ReplyWindow) =>
    channelId === window.channelId && identityKey === window.identityKey;
  if (windows.some((known) => of(known) && known.until >= window.until)) return windows;
  return [...windows.filter((known) => !of(known)), window];
}

const without = (ids: readonly string[], id: string): readonly string[] => ids.filter((one) => one !== id);

function withChannel(channelIds: ReadonlySet<string>, channelId: string): ReadonlySet<string> {
  return channelIds.has(channelId) ? channelIds : new Set([...channelIds, channelId]);
}

export function assigneeOf({ userId, teamId }: Assignee): Assignee {
  return { ...(userId !== undefined && { userId }), ...(teamId !== undefined && { teamId }) };
}

export function withoutAssignee(assignee: Assignee, taken: Assignee): Assignee {
  return {
    ...(assignee.userId !== undefined && assignee.userId !== taken.userId && { userId: assignee.userId }),
    ...(assignee.teamId !== undefined && assignee.teamId !== taken.teamId && { teamId: assignee.teamId }),
  };
}
