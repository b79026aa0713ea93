import type { InternalNoteRedacted } from '#deletion-audit/redactions';
import { defineProjection } from '#event-sourcing';
import type { DomainEvent, ProjectionStep, Recorded, RecordedEvent } from '#event-sourcing';
import type { ConversationEvent } from '../conversation/events.js';
import type { MessagesGivenBack } from '../conversation/events/merging.js';
import type { MessageReceived, WelcomeReceived } from '../conversation/events/writing.js';
import { windowOf } from '../conversation/reply-window.js';
import { assigneeOf, withoutAssignee } from '../conversation/open-conversation.js';
import { noteOf } from '../conversation/state.js';
import type { Assignee } from '../conversation/open-conversation.js';
import { waitingAfter, waitingOnceOpened } from '../conversation/waiting.js';
import type { WaitingEvent } from '../conversation/waiting.js';
import { conversationsIndexes, conversationsModel, conversationsSchema } from './document.js';
import type { ConversationDocument } from './document.js';

const newestNotes = 20;

type OfConversation = DomainEvent<string, { readonly conversationId: string }>;

/** A step on a conversation that is there; an erased one stays away. Every step moves the revision on. */
function change<E extends OfConversation>(
  changes: (document: ConversationDocument, event: RecordedEvent<E>) => Partial<ConversationDocument>,
): ProjectionStep<ConversationDocument, E, never> {
  return {
    key: ({ data }) => data.conversationId,
    project: (document, event) => document && { ...document, ...changes(document, event), revision: event.revision },
  };
}

type ShownEvent = ConversationEvent | InternalNoteRedacted;

/** A document for each conversation, open or closed. */
export const conversationsProjection = defineProjection<ConversationDocument, ShownEvent>({
  name: conversationsModel,
  schema: conversationsSchema,
  indexes: conversationsIndexes,
  owners: (_id, { contactId }) => [contactId],
  on: {
    ConversationOpened: {
      key: ({ data }) => data.conversationId,
      project(_document, event) {
        const { data, metadata, revision } = event;
        return {
          contactId: data.contactId,
          number: data.number,
          revision,
          ...waitingOnceOpened(event),
          assignee: null,
          channelId: data.channelId,
          medium: data.medium,
          channelIds: [data.channelId],
          replyUntil: windowOf(data.windows ?? [], data)?.until ?? null,
          topicIds: [],
          handledBy: null,
          continues: data.continues ?? null,
          lastMessageAt: metadata.at,
          openedAt: metadata.at,
          openedBy: { cause: data.openedBy, actor: metadata.actor },
          closedAt: null,
          closedBy: null,
          closingNote: null,
          messageCount: 0,
          subjectIds: [],
          gaveBack: [],
          gotBack: [],
          noteCount: 0,
          notes: [],
        };
      },
    },
    MessageReceived: change((document, event) => ({
      ...waitingOf(document, event),
      ...onChannel(document, event.data),
      messageCount: document.messageCount + 1,
      subjectIds: withOne(document.subjectIds, event.data.subjectId),
      lastMessageAt: event.metadata.at,
    })),
    WelcomeReceived: change((document, { data }) => onChannel(document, data)),
    ReplyWritten: change((document, { data, metadata }) => ({
      channelIds: withOne(document.channelIds, data.channelId),
      messageCount: document.messageCount + 1,
      subjectIds: withOne(document.subjectIds, data.subjectId),
      lastMessageAt: metadata.at,
    })),
    ConversationAnswered: change((document, event) => waitingOf(document, event)),
    WaitingResumed: change((document, event) => waitingOf(document, event)),
    ConversationSnoozed: change((document, event) => waitingOf(document, event)),
    SnoozeEnded: change((document, event) => waitingOf(document, event)),
    ConversationHandedToBot: change((_document, { data }) => ({ handledBy: data.botId })),
    ConversationTakenFromBot: change(() => ({ handledBy: null })),
    TopicAdded: change(({ topicIds }, { data }) => ({ topicIds: [...topicIds, data.topicId] })),
    TopicRemoved: change(({ topicIds }, { data }) => ({ topicIds: topicIds.filter((id) => id !== data.topicId) })),
    InternalNoteAdded: change(({ notes, noteCount }, { data, metadata }) => ({
      noteCount: noteCount + 1,
      notes: [
        ...notes.slice(1 - newestNotes),
        { noteId: data.noteId, text: data.text, author: metadata.actor, at: metadata.at, mentions: [] },
      ],
    })),
    AgentMentioned: change(({ notes }, { data }) => ({
      notes: notes.map((note) =>
        note.noteId === data.noteId ? { ...note, mentions: [...note.mentions, data.userId] } : note,
      ),
    })),
    InternalNoteRedacted: {
      key: ({ data }) => data.conversationId,
      project: (document, { data }) =>
        document && {
          ...document,
          notes: document.notes.map((note) => (note.noteId === data.noteId ? { ...note, text: '' } : note)),
        },
    },
    ConversationAssigned: change((_document, { data }) => ({ assignee: somebody(assigneeOf(data)) })),
    ConversationUnassigned: change(({ assignee }, { data }) => ({
      assignee: somebody(withoutAssignee(assignee ?? {}, data)),
    })),
    WaitingTakenOver: change((document, event) => waitingOf(document, event)),
    ConversationDivided: change((document, event) => {
      const { stays } = event.data;
      if (!stays) return {};
      const { channelId, medium } = stays.current;
      const left = document.channelIds.filter((id) => stays.channelIds.includes(id));
      return { ...waitingOf(document, event), channelId, medium, channelIds: left };
    }),
    MessagesGivenBack: {
      key: ({ data }) => [...new Set([data.conversationId, ...data.from.map(({ conversationId }) => conversationId)])],
      project: (document, event, { id }) =>
        document && (id === event.data.conversationId ? got(document, event) : gave(document, event, id)),
    },
    // It was counted when it was given back.
    MessageMoved: change(({ subjectIds }, { data }) => ({ subjectIds: withOne(subjectIds, data.subjectId) })),
    ConversationClosed: change((_document, { data, metadata }) => ({
      status: 'closed',
      waitingSince: null,
      snoozedUntil: null,
      handledBy: null,
      closedAt: metadata.at,
      closedBy: { cause: data.cause, actor: metadata.actor },
      closingNote: noteOf(data),
    })),
    ClosingNoteEdited: change((_document, { data }) => ({ closingNote: noteOf(data) })),
  },
});

/** Total: what comes after the close, which no decider writes, leaves it closed. */
function waitingOf(document: ConversationDocument, event: Recorded<WaitingEvent>): Partial<ConversationDocument> {
  const { status } = document;
  return status === 'closed' ? {} : waitingAfter({ ...document, status }, event);
}

function onChannel(
  { channelIds }: ConversationDocument,
  { channelId, medium, replyUntil }: (MessageReceived | WelcomeReceived)['data'],
): Partial<ConversationDocument> {
  return { channelId, medium, channelIds: withOne(channelIds, channelId), replyUntil: replyUntil ?? null };
}

function withOne(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) ? ids : [...ids, id];
}

function somebody(assignee: Assignee): Assignee | null {
  return assignee.userId === undefined && assignee.teamId === undefined ? null : assignee;
}

type Back = RecordedEvent<MessagesGivenBack>;

function got(document: ConversationDocument, { data, position, revision }: Back): ConversationDocument {
  const { from, subjectIds, since } = data;
  return {
    ...document,
    revision,
    messageCount: document.messageCount + from.reduce((sum, { messages }) => sum + messages, 0),
    channelIds: from.flatMap(({ channelIds }) => channelIds).reduce(withOne, document.channelIds),
    gotBack: [
      ...document.gotBack,
      ...from.map(({ conversationId, liesIn = conversationId }) => ({
        conversationId: liesIn,
        subjectIds,
        since,
        until: position,
      })),
    ],
  };
}

/** The event is of the other conversation: it says nothing about this one's revision. */
function gave(document: ConversationDocument, { data, position }: Back, id: string): ConversationDocument {
  const { conversationId: to, subjectIds } = data;
  const given = data.from.filter(({ conversationId }) => conversationId === id);
  const left = given.flatMap((one) => one.left);
  return {
    ...document,
    messageCount: document.messageCount - given.reduce((sum, { messages }) => sum + messages, 0),
    channelIds: document.channelIds.filter((channelId) => left.includes(channelId)),
    gaveBack: [...document.gaveBack, { to, subjectIds, until: position }],
    // Also what it had got of theirs itself.
    gotBack: document.gotBack
      .map((part) => ({ ...part, subjectIds: part.subjectIds.filter((one) => !subjectIds.includes(one)) }))
      .filter((part) => part.subjectIds.length > 0),
  };
}
