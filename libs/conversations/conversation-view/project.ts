import { defineProjection } from '#event-sourcing';
import type { DomainEvent, ProjectionStep, RecordedEvent } from '#event-sourcing';
import type { ConversationEvent } from '../conversation/events.js';
import { assigneeOf, noteOf, without } from '../conversation/state.js';
import type { Assignee } from '../conversation/state.js';
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

/** A document for each conversation, open or closed. */
export const conversationsProjection = defineProjection<ConversationDocument, ConversationEvent>({
  name: conversationsModel,
  schema: conversationsSchema,
  indexes: conversationsIndexes,
  owners: (_id, { contactId }) => [contactId],
  on: {
    ConversationOpened: {
      key: ({ data }) => data.conversationId,
      project: (_document, { data, metadata, revision }) => ({
        contactId: data.contactId,
        number: data.number,
        revision,
        status: data.openedBy === 'message' || data.openedBy === 'welcome' ? 'new' : 'pending',
        assignee: null,
        channelId: data.channelId,
        medium: data.medium,
        channelIds: [data.channelId],
        waitingSince: data.openedBy === 'message' || data.openedBy === 'welcome' ? metadata.at : null,
        openedAt: metadata.at,
        openedBy: { cause: data.openedBy, actor: metadata.actor },
        closedAt: null,
        closedBy: null,
        closingNote: null,
        messageCount: 0,
        noteCount: 0,
        notes: [],
      }),
    },
    MessageReceived: change((document, { data, metadata }) => ({
      status: 'new',
      waitingSince: document.waitingSince ?? metadata.at,
      channelId: data.channelId,
      medium: data.medium,
      channelIds: withChannel(document.channelIds, data.channelId),
      messageCount: document.messageCount + 1,
    })),
    WelcomeReceived: change((document, { data }) => ({
      channelId: data.channelId,
      medium: data.medium,
      channelIds: withChannel(document.channelIds, data.channelId),
    })),
    ReplyWritten: change((document, { data }) => ({
      channelIds: withChannel(document.channelIds, data.channelId),
      messageCount: document.messageCount + 1,
    })),
    ConversationAnswered: change(() => ({ status: 'pending', waitingSince: null })),
    InternalNoteAdded: change(({ notes, noteCount }, { data, metadata }) => ({
      noteCount: noteCount + 1,
      notes: [
        ...notes.slice(1 - newestNotes),
        { noteId: data.noteId, text: data.text, author: metadata.actor, at: metadata.at },
      ],
    })),
    ConversationAssigned: change((_document, { data }) => ({ assignee: somebody(assigneeOf(data)) })),
    ConversationUnassigned: change(({ assignee }, { data }) => ({ assignee: somebody(without(assignee ?? {}, data)) })),
    ConversationClosed: change((_document, { data, metadata }) => ({
      status: 'closed',
      waitingSince: null,
      closedAt: metadata.at,
      closedBy: { cause: data.cause, actor: metadata.actor },
      closingNote: noteOf(data),
    })),
    ClosingNoteEdited: change((_document, { data }) => ({ closingNote: noteOf(data) })),
  },
});

function withChannel(channelIds: readonly string[], channelId: string): readonly string[] {
  return channelIds.includes(channelId) ? channelIds : [...channelIds, channelId];
}

function somebody(assignee: Assignee): Assignee | null {
  return assignee.userId === undefined && assignee.teamId === undefined ? null : assignee;
}
