import type { ConversationEvent } from '#conversations/conversation';
import type { WordsTable, Written } from './words.js';

type DataOf<Type extends ConversationEvent['type']> = Extract<ConversationEvent, { readonly type: Type }>['data'];

/** Why a conversation ended, where it was not simply that somebody closed it. */
const endings: Readonly<Record<DataOf<'ConversationClosed'>['cause'], string>> = {
  user: '',
  service: '',
  automation: '',
  bot: '',
  merge: ', because the contact was merged',
  block: ', because the contact was blocked',
  inactivity: ', because nobody wrote any more',
  rollover: ', because it had become too long',
};

/** What happened in a conversation, by the event types of its stream. */
export const conversationWords: WordsTable<ConversationEvent> = {
  ConversationOpened: {
    did: ({ number, channelId }, names) => `opened conversation ${number} on ${names.channel(channelId)}`,
    place: ({ channelId }) => ({ channelId }),
    isMessage: true,
  },
  MessageReceived: {
    did: ({ channelId }, names) => `wrote on ${names.channel(channelId)}`,
    text: ({ text }) => text,
    place: ({ channelId }) => ({ channelId }),
    isMessage: true,
  },
  WelcomeReceived: {
    did: ({ channelId }, names) => `opened the chat on ${names.channel(channelId)} without a word`,
    place: ({ channelId }) => ({ channelId }),
    isMessage: true,
  },
  ReplyWritten: {
    did: ({ channelId, answers, writtenBy, savedReplyId }, names) =>
      [
        `${answers ? 'answered' : 'sent a notice'} on ${names.channel(channelId)}`,
        ...(writtenBy === undefined ? [] : [authors[writtenBy]]),
        ...(savedReplyId === undefined ? [] : ['with a saved reply']),
      ].join(' '),
    text: ({ text }) => text,
    place: ({ channelId }) => ({ channelId }),
    isMessage: true,
  },
  ConversationAnswered: { did: () => 'ended the waiting with this answer' },
  ReplyFailed: { did: () => 'could not deliver a message' },
  WaitingResumed: { did: () => 'took up the waiting again, because no answer has arrived' },
  ConversationSnoozed: {
    did: ({ until }) => `snoozed the conversation until ${until}`,
    writes: ({ until }) => [{ of: 'snoozed until', value: until }],
  },
  SnoozeEnded: {
    did: ({ cause }) => `ended the snooze (${snoozeEnds[cause]})`,
    writes: () => [{ of: 'snoozed until', value: null }],
  },
  ConversationHandedToBot: {
    did: ({ botId }) => `handed the conversation to bot ${botId}`,
    writes: ({ botId }) => [{ of: 'handled by bot', value: botId }],
  },
  ConversationTakenFromBot: {
    did: ({ botId, cause }) =>
      `took the conversation from bot ${botId}${cause === 'reply' ? ', because a colleague replied' : ''}`,
    writes: ({ botId }) => [{ of: 'handled by bot', value: null, before: botId }],
  },
  TopicAdded: { did: () => 'set a topic', writes: ({ topicId }) => [{ of: 'topic', value: topicId, before: null }] },
  TopicRemoved: {
    did: () => 'removed a topic',
    writes: ({ topicId }) => [{ of: 'topic', value: null, before: topicId }],
  },
  AgentMentioned: { did: ({ userId }, names) => `asked ${names.user(userId)} to look at the note` },
  InternalNoteAdded: { did: () => 'wrote an internal note', text: ({ text }) => text },
  ConversationAssigned: {
    did: ({ userId, teamId, cause }, names) =>
      `assigned the conversation to ${[
        ...(userId === undefined ? [] : [names.user(userId)]),
        ...(teamId === undefined ? [] : [`team ${names.team(teamId)}`]),
      ].join(' and ')} (${assignments[cause]})`,
    writes: assignee,
  },
  ConversationUnassigned: {
    did: ({ cause }) => `took the conversation off its assignee (${unassignments[cause]})`,
    writes: ({ userId, teamId }) => [
      ...(userId === undefined ? [] : [{ of: 'assigned user', value: null, before: userId }]),
      ...(teamId === undefined ? [] : [{ of: 'assigned team', value: null, before: teamId }]),
    ],
  },
  ConversationClosed: {
    did: ({ cause }) => `closed the conversation${endings[cause]}`,
    writes: (data) => closingNote(data).map((written) => ({ ...written, before: null })),
  },
  ConversationChainSealed: {
    did: ({ by }) => `kept a next conversation from opening, ${seals[by]}`,
  },
  WaitingTakenOver: {
    did: ({ waitingSince }) => `made the conversation wait since ${waitingSince}, after a merge`,
  },
  ConversationDivided: { did: () => 'took what a merge had brought out of the conversation' },
  MessagesGivenBack: {
    did: ({ from }) =>
      `gave back ${from.reduce((sum, { messages }) => sum + messages, 0)} messages after a merge was undone`,
  },
  MessageMoved: {
    did: ({ author, channelId, writtenAt }, names) =>
      `kept what ${author.role === 'contact' ? 'the contact' : names.actor(author)} had written on ` +
      `${names.channel(channelId)} at ${writtenAt}: the contact in whose conversation it lay was deleted`,
    // What was redacted moved without it.
    text: ({ text }) => text ?? '[redacted]',
    place: ({ channelId }) => ({ channelId }),
    isMessage: true,
  },
  ClosingNoteEdited: { did: () => 'edited the closing note', writes: closingNote },
};

const seals: Readonly<Record<DataOf<'ConversationChainSealed'>['by'], string>> = {
  merge: 'because the contact was merged',
  block: 'because the contact was blocked',
};

const authors: Readonly<Record<NonNullable<DataOf<'ReplyWritten'>['writtenBy']>, string>> = {
  autoresponder: 'as the autoresponder',
  automation: 'as an automation',
  bot: 'as a bot',
};

const snoozeEnds: Readonly<Record<DataOf<'SnoozeEnded'>['cause'], string>> = {
  time: 'its time had come',
  hand: 'by hand',
  message: 'the person wrote',
  reply: 'a colleague replied',
  failure: 'no answer has arrived',
};

const assignments: Readonly<Record<DataOf<'ConversationAssigned'>['cause'], string>> = {
  opening: 'they opened it',
  reply: 'they replied first',
  hand: 'by hand',
  kept: 'kept from the conversation before',
  routing: 'by a routing rule',
  automation: 'by an automation',
  bot: 'by a bot',
};

const unassignments: Readonly<Record<DataOf<'ConversationUnassigned'>['cause'], string>> = {
  hand: 'by hand',
  offline: 'they went offline',
  'access-lost': 'they lost access',
  deactivated: 'they were deactivated',
  automation: 'by an automation',
};

/** What these causes say of who had it before spares looking for it (ASG-1, ASG-4). */
function assignee({ userId, teamId, cause }: DataOf<'ConversationAssigned'>): Written[] {
  const [user, team] = [userId ?? null, teamId ?? null];
  const toNobody = cause === 'opening' || cause === 'kept';
  return [
    { of: 'assigned user', value: user, ...((toNobody || cause === 'reply') && { before: null }) },
    { of: 'assigned team', value: team, ...(toNobody && { before: null }), ...(cause === 'reply' && { before: team }) },
  ];
}

function closingNote({ categoryId, summary }: { readonly categoryId?: string; readonly summary?: string }): Written[] {
  return [
    { of: 'closing category', value: categoryId ?? null },
    { of: 'closing summary', value: summary ?? null },
  ];
}
