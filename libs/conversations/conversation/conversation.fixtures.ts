import fc from 'fast-check';
import type { ChannelAccess, Receiver } from '#access/user';
import type { Actor, CommandHeader } from '#event-sourcing';
import { commandHeader } from '#event-sourcing-testing';
import type {
  AddInternalNote,
  AddTopic,
  Assign,
  AssignedUser,
  Close,
  CloseAutomatically,
  ClosingNoteRules,
  EditClosingNote,
  EndSnooze,
  HandToBot,
  OpenByHand,
  ReceiveMessage,
  RecordReplyFailure,
  RemoveTopic,
  Route,
  Snooze,
  TakeFromBot,
  TakeOff,
  Unassign,
  Wake,
  WriteReply,
} from './commands.js';
import type { ConversationEvent } from './events.js';
import type { AssignmentCause, ConversationAssigned } from './events/assignment.js';
import type { HandOverCause } from './events/bots.js';
import type { CloseCause, ConversationClosed } from './events/closing.js';
import type { Address } from './events/of-conversation.js';
import type { ConversationOpened, Opener } from './events/opening.js';
import type { SnoozeEnd } from './events/snooze.js';
import type { ConversationAnswered } from './events/waiting.js';
import type { MessageReceived, ReplyWritten, WelcomeReceived } from './events/writing.js';
import type { KnownMessages } from './known-messages.js';
import type { Assignee } from './open-conversation.js';
import type { ClosingNote } from './state.js';

export const agent: Actor = { id: 'ann', role: 'agent' };
export const service: Actor = { id: 'crm', role: 'service' };
const header: CommandHeader = commandHeader({ actor: agent, at: '2026-03-02T10:00:00.000Z' });

export const address: Address = { channelId: 'shop', medium: 'custom', identityKey: 'i1' };
export const otherAddress: Address = { channelId: 'desk', medium: 'whatsapp', identityKey: 'i2' };
export const note = { conversationId: 'c.2', contactId: 'c' };
const sentAt = '2026-03-02T09:59:58.000Z';
/** A day after it was sent: until then WhatsApp takes free text. */
export const replyUntil = '2026-03-03T09:59:58.000Z';

export const known = (messageIds: readonly string[]): KnownMessages => ({
  conversations: messageIds.length > 0 ? [{ number: 1, messageIds }] : [],
  complete: true,
});

export const receive = (
  messageId: string,
  {
    kind = 'message',
    ...rest
  }: Partial<
    Pick<ReceiveMessage, 'kind' | 'address' | 'known' | 'windows' | 'continues' | 'kept' | 'assigned' | 'toRoute'>
  > = {},
): ReceiveMessage => ({
  ...header,
  actor: { id: 'shop', role: 'contact' },
  type: 'ReceiveMessage',
  ...note,
  number: 2,
  known: known([]),
  moved: [],
  kept: {},
  assigned: undefined,
  kind,
  address,
  messageId,
  subjectId: 'c',
  claimRevision: 0,
  externalMessageId: `x-${messageId}`,
  text: 'Where is my order?',
  sentAt,
  ...rest,
});

export const openByHand = (actor: Actor, kept: Assignee = {}): OpenByHand => ({
  ...header,
  actor,
  type: 'OpenByHand',
  ...note,
  number: 2,
  known: known([]),
  moved: [],
  kept,
  address: { ...address, subjectId: 'c' },
});

export const reply = (messageId: string, rest: Partial<WriteReply> = {}): WriteReply => ({
  ...header,
  type: 'WriteReply',
  access: 'all',
  messageId,
  text: 'On its way.',
  disabledChannelIds: new Set(),
  answers: false,
  ...rest,
});

export const rules = (mode: ClosingNoteRules['mode'], rest: Partial<ClosingNoteRules> = {}): ClosingNoteRules => ({
  mode,
  categoryIds: new Set(['k1']),
  ...rest,
});

export const close = (given: ClosingNote, mode: ClosingNoteRules['mode'] = 'optional'): Close => ({
  ...header,
  type: 'Close',
  access: 'all',
  ...given,
  rules: rules(mode),
});

export const command = {
  snooze: (until: string): Snooze => ({ ...header, type: 'Snooze', access: 'all', until }),
  wake: { ...header, type: 'Wake', access: 'all' } satisfies Wake,
  endSnooze: (until: string): EndSnooze => ({ ...header, type: 'EndSnooze', until }),
  fail: (messageId: string): RecordReplyFailure => ({ ...header, type: 'RecordReplyFailure', messageId }),
  handToBot: { ...header, type: 'HandToBot', access: 'all', botId: 'faq' } satisfies HandToBot,
  takeFromBot: { ...header, type: 'TakeFromBot', access: 'all' } satisfies TakeFromBot,
  addTopic: (topicId: string, known = true): AddTopic => ({
    ...header,
    type: 'AddTopic',
    access: 'all',
    topicId,
    known,
  }),
  removeTopic: (topicId: string): RemoveTopic => ({ ...header, type: 'RemoveTopic', access: 'all', topicId }),
  closeAutomatically: (
    cause: CloseAutomatically['cause'],
    rest: Partial<ClosingNoteRules> = {},
  ): CloseAutomatically => ({ ...header, type: 'CloseAutomatically', cause, rules: rules('both', rest) }),
  note: (noteId: string): AddInternalNote => ({
    ...header,
    type: 'AddInternalNote',
    access: 'all',
    noteId,
    text: 'calls back',
    mentions: [],
  }),
  assign: (userId: string, assigneeAccess: ChannelAccess | undefined): Assign => ({
    ...header,
    type: 'Assign',
    access: 'all',
    to: { userId, access: assigneeAccess },
    cause: 'hand',
  }),
  assignTeam: (teamId: string, exists: boolean): Assign => ({
    ...header,
    type: 'Assign',
    access: 'all',
    to: { teamId, exists },
    cause: 'hand',
  }),
  route: (to: Receiver, rest: Partial<Pick<Route, 'pickedIn' | 'after'>> = {}): Route => ({
    ...header,
    type: 'Route',
    access: 'all',
    to,
    after: 'opening',
    ...rest,
  }),
  unassign: { ...header, type: 'Unassign', access: 'all', cause: 'hand' } as const satisfies Unassign,
  takeOff: (assigned: AssignedUser): TakeOff => ({ ...header, type: 'TakeOff', access: 'all', assigned }),
  editNote: (change: Pick<EditClosingNote, 'categoryId' | 'summary'>): EditClosingNote => ({
    ...header,
    type: 'EditClosingNote',
    access: 'all',
    ...change,
    rules: rules('optional'),
  }),
};

export const opened = (openedBy: Opener, carried = known([])): ConversationOpened => ({
  type: 'ConversationOpened',
  data: { ...note, ...address, number: 2, openedBy, known: carried },
});
export const received = (messageId: string, from = address): MessageReceived => ({
  type: 'MessageReceived',
  data: {
    ...note,
    ...from,
    messageId,
    subjectId: 'c',
    sentAt,
    externalMessageId: `x-${messageId}`,
    text: 'Where is my order?',
    ...(from.medium === 'whatsapp' && { replyUntil }),
  },
});
export const welcomed = (messageId: string): WelcomeReceived => ({
  type: 'WelcomeReceived',
  data: { ...note, ...address, messageId, subjectId: 'c', sentAt },
});
export const assigned = (userId: string, cause: AssignmentCause = 'hand'): ConversationAssigned => ({
  type: 'ConversationAssigned',
  data: { ...note, userId, cause },
});
export const replied = (
  messageId: string,
  { to = address, answers = true, ...rest }: { to?: Address } & Partial<ReplyWritten['data']> = {},
): ReplyWritten => ({
  type: 'ReplyWritten',
  data: { ...note, ...to, subjectId: 'c', messageId, text: 'On its way.', answers, ...rest },
});
export const answered = (messageId: string): ConversationAnswered => ({
  type: 'ConversationAnswered',
  data: { ...note, messageId },
});
export const snoozed = (until: string): ConversationEvent => ({
  type: 'ConversationSnoozed',
  data: { ...note, until },
});
export const woken = (cause: SnoozeEnd): ConversationEvent => ({ type: 'SnoozeEnded', data: { ...note, cause } });
export const handedToBot: ConversationEvent = { type: 'ConversationHandedToBot', data: { ...note, botId: 'faq' } };
export const takenFromBot = (cause: HandOverCause): ConversationEvent => ({
  type: 'ConversationTakenFromBot',
  data: { ...note, botId: 'faq', cause },
});
export const failed = (messageId: string): ConversationEvent => ({ type: 'ReplyFailed', data: { ...note, messageId } });
export const resumed = (messageId: string): ConversationEvent => ({
  type: 'WaitingResumed',
  data: { ...note, messageId },
});
export const topicAdded = (topicId: string): ConversationEvent => ({ type: 'TopicAdded', data: { ...note, topicId } });
export const closed = (given: ClosingNote, cause: CloseCause = 'user'): ConversationClosed => ({
  type: 'ConversationClosed',
  data: { ...note, ...given, cause },
});

const someMoved = fc.constantFrom([], [{ identityKey: 'i1', revision: 3 }]);
const someKnown = fc.constantFrom(known([]), known(['m1']), known(['a']));
/** What the JSON of these events looks like. */
export const jsonFields = {
  ConversationOpened: {
    known: someKnown,
    moved: someMoved,
    windows: fc.constantFrom([], [{ channelId: 'shop', identityKey: 'i1', until: '2026-03-03T10:00:00.000Z' }]),
  },
  ConversationChainSealed: { known: someKnown, moved: someMoved },
  ConversationDivided: {
    moved: someMoved,
    stays: fc.constantFrom({ channelIds: ['shop'], current: { ...address, subjectId: 'c' } }),
  },
  MessagesGivenBack: {
    from: fc.constant([{ conversationId: 'd.1', messages: 2, channelIds: ['desk'], left: ['shop'] }]),
  },
  MessageMoved: { author: fc.constantFrom(agent, service) },
};
