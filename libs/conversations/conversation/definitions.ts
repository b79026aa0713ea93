import { defineEvent, field, personal } from '#event-sourcing';
import type {
  AgentMentioned,
  ClosingNoteEdited,
  ConversationAnswered,
  ConversationAssigned,
  ConversationChainSealed,
  ConversationClosed,
  ConversationDivided,
  ConversationHandedToBot,
  ConversationOpened,
  ConversationSnoozed,
  ConversationTakenFromBot,
  ConversationUnassigned,
  InternalNoteAdded,
  MessageReceived,
  MessagesGivenBack,
  ReplyFailed,
  ReplyWritten,
  SnoozeEnded,
  TopicAdded,
  TopicRemoved,
  WaitingResumed,
  WaitingTakenOver,
  WelcomeReceived,
} from './events.js';

const ofConversation = { conversationId: field('id'), contactId: field('id') };
const address = { channelId: field('id'), medium: field('code'), identityKey: field('hash') };
const assignee = { userId: field('id', { optional: true }), teamId: field('id', { optional: true }) };
const closingNote = {
  categoryId: field('id', { optional: true }),
  summary: personal('contactId', 'text', { optional: true }),
};

export const conversationEvents = {
  categories: ['conversation'],
  definitions: [
    defineEvent<ConversationOpened>({
      type: 'ConversationOpened',
      version: 1,
      sentence:
        'An interaction with a contact begins; it carries what is needed to know a late redelivery of an earlier message.',
      fields: {
        ...ofConversation,
        ...address,
        number: field('number'),
        openedBy: field('code'),
        known: field('json'),
        windows: field('json', { optional: true }),
        continues: field('id', { optional: true }),
        subjectId: field('id', { optional: true }),
        moved: field('json', { optional: true }),
        toRoute: field('boolean', { optional: true }),
      },
    }),
    defineEvent<MessageReceived>({
      type: 'MessageReceived',
      version: 1,
      sentence: 'The person wrote; somebody waits for an answer from now on, if nobody did before.',
      fields: {
        ...ofConversation,
        ...address,
        messageId: field('id'),
        subjectId: field('id'),
        externalMessageId: personal('subjectId'),
        text: personal('subjectId'),
        sentAt: field('instant', { optional: true }),
        replyUntil: field('instant', { optional: true }),
      },
    }),
    defineEvent<WelcomeReceived>({
      type: 'WelcomeReceived',
      version: 1,
      sentence: 'The person opened the chat without writing; it opens a conversation when none is open.',
      fields: {
        ...ofConversation,
        ...address,
        messageId: field('id'),
        subjectId: field('id'),
        sentAt: field('instant', { optional: true }),
        replyUntil: field('instant', { optional: true }),
      },
    }),
    defineEvent<ReplyWritten>({
      type: 'ReplyWritten',
      version: 1,
      sentence: 'A colleague or a service wrote to the person; the delivery of the message starts from here.',
      fields: {
        ...ofConversation,
        ...address,
        messageId: field('id'),
        subjectId: field('id'),
        text: personal('subjectId'),
        answers: field('boolean'),
        writtenBy: field('code', { optional: true }),
        savedReplyId: field('id', { optional: true }),
      },
    }),
    defineEvent<ConversationAnswered>({
      type: 'ConversationAnswered',
      version: 1,
      sentence: 'The waiting has ended with this reply; the conversation is pending.',
      fields: { ...ofConversation, messageId: field('id') },
    }),
    defineEvent<ReplyFailed>({
      type: 'ReplyFailed',
      version: 1,
      sentence: 'The message did not reach the person, for good.',
      fields: { ...ofConversation, messageId: field('id') },
    }),
    defineEvent<WaitingResumed>({
      type: 'WaitingResumed',
      version: 1,
      sentence:
        'No answer has reached the person: the conversation is new again, with the waiting time that the answer had ended.',
      fields: { ...ofConversation, messageId: field('id') },
    }),
    defineEvent<ConversationSnoozed>({
      type: 'ConversationSnoozed',
      version: 1,
      sentence: 'Set aside until this time; then it is new, unless it wakes before.',
      fields: { ...ofConversation, until: field('instant') },
    }),
    defineEvent<SnoozeEnded>({
      type: 'SnoozeEnded',
      version: 1,
      sentence: 'The conversation is new again; what follows in the same append may change that.',
      fields: { ...ofConversation, cause: field('code') },
    }),
    defineEvent<ConversationHandedToBot>({
      type: 'ConversationHandedToBot',
      version: 1,
      sentence: 'A bot speaks for us from now on: its messages answer.',
      fields: { ...ofConversation, botId: field('id') },
    }),
    defineEvent<ConversationTakenFromBot>({
      type: 'ConversationTakenFromBot',
      version: 1,
      sentence: 'People speak again instead of the bot.',
      fields: { ...ofConversation, botId: field('id'), cause: field('code') },
    }),
    defineEvent<TopicAdded>({
      type: 'TopicAdded',
      version: 1,
      sentence: 'The conversation has this topic from now on.',
      fields: { ...ofConversation, topicId: field('id') },
    }),
    defineEvent<TopicRemoved>({
      type: 'TopicRemoved',
      version: 1,
      sentence: 'The conversation has this topic no more.',
      fields: { ...ofConversation, topicId: field('id') },
    }),
    defineEvent<InternalNoteAdded>({
      type: 'InternalNoteAdded',
      version: 1,
      sentence: 'A colleague wrote down something that the person never sees.',
      fields: { ...ofConversation, noteId: field('id'), text: personal('contactId') },
    }),
    defineEvent<AgentMentioned>({
      type: 'AgentMentioned',
      version: 1,
      sentence: 'The note asks this colleague to look.',
      fields: { ...ofConversation, noteId: field('id'), userId: field('id') },
    }),
    defineEvent<ConversationAssigned>({
      type: 'ConversationAssigned',
      version: 1,
      sentence: 'The conversation is this user’s and this team’s from now on; what is not named is not assigned.',
      fields: { ...ofConversation, ...assignee, cause: field('code') },
    }),
    defineEvent<ConversationUnassigned>({
      type: 'ConversationUnassigned',
      version: 1,
      sentence: 'The named user and team were taken off the conversation.',
      fields: { ...ofConversation, ...assignee, cause: field('code') },
    }),
    defineEvent<ConversationClosed>({
      type: 'ConversationClosed',
      version: 1,
      sentence: 'The interaction is over; it leaves the queue, and the next message opens the next one.',
      fields: { ...ofConversation, ...closingNote, cause: field('code') },
    }),
    defineEvent<ClosingNoteEdited>({
      type: 'ClosingNoteEdited',
      version: 1,
      sentence: 'The closing note says this now; nothing else of a closed conversation changes.',
      fields: { ...ofConversation, ...closingNote },
    }),
    defineEvent<ConversationChainSealed>({
      type: 'ConversationChainSealed',
      version: 1,
      sentence:
        'Stands where the contact’s next conversation would begin: who meets it reads anew whose the identity is and whether the contact may write.',
      fields: {
        ...ofConversation,
        number: field('number'),
        by: field('code'),
        sealId: field('id'),
        to: field('id', { optional: true }),
        known: field('json'),
        moved: field('json', { optional: true }),
      },
    }),
    defineEvent<WaitingTakenOver>({
      type: 'WaitingTakenOver',
      version: 1,
      sentence: 'A merge closed a conversation in which this person waited: they wait in this one, as long as there.',
      fields: {
        ...ofConversation,
        mergeId: field('id'),
        subjectId: field('id'),
        waitingSince: field('instant'),
      },
    }),
    defineEvent<ConversationDivided>({
      type: 'ConversationDivided',
      version: 1,
      sentence:
        'A merge was undone: nothing of the secondary’s is in this conversation any more, and nothing comes in.',
      fields: {
        ...ofConversation,
        mergeId: field('id'),
        subjectIds: field('id', { list: true }),
        moved: field('json'),
        stays: field('json', { optional: true }),
      },
    }),
    defineEvent<MessagesGivenBack>({
      type: 'MessagesGivenBack',
      version: 1,
      sentence: 'Messages of these contacts’ identities belong here since a merge was undone; they are referred to.',
      fields: {
        ...ofConversation,
        mergeId: field('id'),
        since: field('instant'),
        subjectIds: field('id', { list: true }),
        from: field('json'),
      },
    }),
  ],
};
