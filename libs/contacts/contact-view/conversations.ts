import type { ProjectionSteps } from '#event-sourcing';
import type { ConversationEventRead } from './conversation-events.js';
import type { ContactDocument, ShownConversation } from './document.js';

const newestShown = 20;

/** What the conversations' events do to the page: the list of the newest, the counts of the others, the assignee. */
export const conversationSteps: ProjectionSteps<ContactDocument, ConversationEventRead, never> = {
  ConversationOpened: {
    key: ({ data }) => data.contactId,
    project: (document, { data: { conversationId, channelId }, metadata }) =>
      document &&
      withNewest(document, {
        conversationId,
        status: 'open',
        channelIds: [channelId],
        openedAt: metadata.at,
        closedAt: null,
      }),
  },
  MessageReceived: {
    key: ({ data }) => data.contactId,
    project: (document, { data }) => document && onChannel(document, data),
  },
  ReplyWritten: {
    key: ({ data }) => data.contactId,
    project: (document, { data }) => document && onChannel(document, data),
  },
  ConversationAssigned: {
    key: ({ data }) => data.contactId,
    project: (document, { data }) => document && { ...document, assignee: somebody(data) },
  },
  ConversationUnassigned: {
    key: ({ data }) => data.contactId,
    project: (document, { data }) => document && { ...document, assignee: without(document.assignee, data) },
  },
  ConversationClosed: {
    key: ({ data }) => data.contactId,
    project: (document, { data, metadata }) =>
      document && {
        ...document,
        conversations: document.conversations.map((known) =>
          known.conversationId === data.conversationId ? { ...known, status: 'closed', closedAt: metadata.at } : known,
        ),
      },
  },
};

/** The one that falls off the list is closed and changes no more: only the channels it was on still count. */
function withNewest(document: ContactDocument, opened: ShownConversation): ContactDocument {
  const conversations = [opened, ...document.conversations];
  const fallen = conversations[newestShown];
  if (!fallen) return { ...document, conversations };
  const key = [...fallen.channelIds].sort();
  const isSame = (other: readonly string[]): boolean =>
    other.length === key.length && other.every((id, index) => id === key[index]);
  const known = document.olderConversations.some(({ channelIds }) => isSame(channelIds));
  const olderConversations = known
    ? document.olderConversations.map((older) =>
        isSame(older.channelIds) ? { channelIds: key, count: older.count + 1 } : older,
      )
    : [...document.olderConversations, { channelIds: key, count: 1 }];
  return { ...document, conversations: conversations.slice(0, newestShown), olderConversations };
}

/** Most messages come on a channel that the conversation is on already: then the document stays the very same. */
function onChannel(
  document: ContactDocument,
  { conversationId, channelId }: { readonly conversationId: string; readonly channelId: string },
): ContactDocument {
  const conversation = document.conversations.find((known) => known.conversationId === conversationId);
  if (!conversation || conversation.channelIds.includes(channelId)) return document;
  const extended = { ...conversation, channelIds: [...conversation.channelIds, channelId] };
  return {
    ...document,
    conversations: document.conversations.map((known) => (known === conversation ? extended : known)),
  };
}

interface Assignee {
  readonly userId?: string;
  readonly teamId?: string;
}

export function somebody({ userId, teamId }: Assignee): Assignee {
  return { ...(userId !== undefined && { userId }), ...(teamId !== undefined && { teamId }) };
}

export function without(assignee: ContactDocument['assignee'], taken: Assignee): ContactDocument['assignee'] {
  const left = {
    ...(assignee?.userId !== undefined && taken.userId === undefined && { userId: assignee.userId }),
    ...(assignee?.teamId !== undefined && taken.teamId === undefined && { teamId: assignee.teamId }),
  };
  return Object.keys(left).length === 0 ? null : left;
}
