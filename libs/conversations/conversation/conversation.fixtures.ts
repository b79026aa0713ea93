import type { ChannelAccess } from '#access/user';
import type { Actor, CommandHeader } from '#event-sourcing';
import type {
  AddInternalNote,
  Assign,
  AssignedUser,
  Close,
  ClosingNoteRules,
  EditClosingNote,
  OpenByHand,
  ReceiveMessage,
  TakeOff,
  Unassign,
  WriteReply,
} from './commands.js';
import type {
  Address,
  AssignmentCause,
  ConversationAnswered,
  ConversationAssigned,
  ConversationClosed,
  ConversationOpened,
  MessageReceived,
  Opener,
  ReplyWritten,
  WelcomeReceived,
} from './events.js';
import type { KnownMessages } from './known-messages.js';
import type { Assignee, ClosingNote } from './state.js';

export const agent: Actor = { id: 'ann', role: 'agent' };
export const service: Actor = { id: 'crm', role: 'service' };
const header: CommandHeader = {
  commandId: 'command',
  commandHash: 'hash',
  correlationId: 'correlation',
  causationId: 'cause',
  actor: agent,
  at: '2026-03-02T10:00:00.000Z',
};

export const address: Address = { channelId: 'shop', medium: 'custom', identityKey: 'i1' };
export const otherAddress: Address = { channelId: 'desk', medium: 'whatsapp', identityKey: 'i2' };
export const note = { conversationId: 'c.2', contactId: 'c' };
const sentAt = '2026-03-02T09:59:58.000Z';

export const known = (messageIds: readonly string[]): KnownMessages => ({
  conversations: messageIds.length > 0 ? [{ number: 1, messageIds }] : [],
  complete: true,
});

export const receive = (
  messageId: string,
  { kind = 'message', ...rest }: Partial<Pick<ReceiveMessage, 'kind' | 'address' | 'known' | 'kept' | 'assigned'>> = {},
): ReceiveMessage => ({
  ...header,
  actor: { id: 'shop', role: 'contact' },
  type: 'ReceiveMessage',
  ...note,
  number: 2,
  known: known([]),
  kept: {},
  assigned: undefined,
  kind,
  address,
  messageId,
  subjectId: 'c',
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
  kept,
  address,
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

const rules = (mode: ClosingNoteRules['mode']): ClosingNoteRules => ({ mode, categoryIds: new Set(['k1']) });

export const close = (given: ClosingNote, mode: ClosingNoteRules['mode'] = 'optional'): Close => ({
  ...header,
  type: 'Close',
  access: 'all',
  ...given,
  rules: rules(mode),
});

export const command = {
  note: (noteId: string): AddInternalNote => ({
    ...header,
    type: 'AddInternalNote',
    access: 'all',
    noteId,
    text: 'calls back',
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
  { to = address, answers = true }: { to?: Address; answers?: boolean } = {},
): ReplyWritten => ({
  type: 'ReplyWritten',
  data: { ...note, ...to, subjectId: 'c', messageId, text: 'On its way.', answers },
});
export const answered = (messageId: string): ConversationAnswered => ({
  type: 'ConversationAnswered',
  data: { ...note, messageId },
});
export const closed = (given: ClosingNote): ConversationClosed => ({
  type: 'ConversationClosed',
  data: { ...note, ...given, cause: 'user' },
});
