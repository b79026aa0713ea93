import { reaches, reachesAll } from '#access/user';
import type { Viewer } from '#access/user';
import { speakerIdsFor } from '#contacts/contact-view';
import type { Actor, ReadModels } from '#event-sourcing';
import type { CloseCause } from '../conversation/events/closing.js';
import type { Opener } from '../conversation/events/opening.js';
import type { Assignee } from '../conversation/open-conversation.js';
import { conversationsModel } from './document.js';
import type { ConversationDocument, ConversationStatus, InternalNote } from './document.js';

export interface ConversationView {
  readonly conversationId: string;
  /** Who speaks for its contact (CON-5). */
  readonly contactId: string;
  /** Revision of the stream that this shows. */
  readonly revision: number;
  readonly status: ConversationStatus;
  readonly assignee: Assignee | null;
  readonly channelId: string;
  readonly topics: readonly string[];
  readonly waitingSince: string | null;
  readonly snoozedUntil?: string;
  /** Until when the current channel takes free text, where it has such a limit. */
  readonly replyUntil?: string;
  /** The bot that speaks for us. */
  readonly handledBy?: { readonly botId: string };
  /** The conversation that was rolled over into this one. */
  readonly continues?: string;
  readonly openedAt: string;
  readonly openedBy: { readonly cause: Opener; readonly actor: Actor };
  readonly closedAt?: string;
  readonly closedBy?: { readonly cause: CloseCause; readonly actor: Actor };
  readonly closingNote?: { readonly category?: string; readonly summary?: string };
  /** Not there for who lacks one of its channels: what lies there is not counted to them (ASG-6). */
  readonly messageCount?: number;
  readonly noteCount: number;
  /** The newest 20 internal notes, oldest first. */
  readonly notes: readonly InternalNote[];
}

/** The conversation's page; `undefined` when there is none for this viewer (ASG-6). */
export async function conversationView(
  models: ReadModels,
  conversationId: string,
  viewer: Viewer,
): Promise<ConversationView | undefined> {
  const document = await models.get<ConversationDocument>(conversationsModel, conversationId);
  if (!document || !reaches(viewer.channels, document.channelIds)) return undefined;
  const { contactId, channelIds } = document;
  const speakerOf = await speakerIdsFor(models, [contactId]);
  const shown = { ...document, contactId: speakerOf(contactId) };
  return viewOf(conversationId, shown, reachesAll(viewer.channels, channelIds));
}

/** Number of a contact's newest conversation, 0 when there is none. */
export async function newestConversation(models: ReadModels, contactId: string): Promise<number> {
  const page = { where: { contactId }, sort: { number: -1 }, limit: 1 } as const;
  const [newest] = await models.page<ConversationDocument>(conversationsModel, page);
  return newest?.number ?? 0;
}

function viewOf(conversationId: string, document: ConversationDocument, isWhole: boolean): ConversationView {
  const { contactId, revision, status, assignee, channelId, waitingSince, openedAt, openedBy } = document;
  const { topicIds, snoozedUntil, replyUntil, handledBy, continues } = document;
  const { closedAt, closedBy, closingNote, messageCount, noteCount, notes } = document;
  return {
    conversationId,
    contactId,
    revision,
    status,
    assignee,
    channelId,
    topics: topicIds,
    waitingSince,
    ...(snoozedUntil !== null && { snoozedUntil }),
    ...(replyUntil !== null && { replyUntil }),
    ...(handledBy !== null && { handledBy: { botId: handledBy } }),
    ...(continues !== null && { continues }),
    openedAt,
    openedBy,
    ...(closedAt !== null && { closedAt }),
    ...(closedBy !== null && { closedBy }),
    ...(closingNote !== null && {
      closingNote: {
        ...(closingNote.categoryId !== undefined && { category: closingNote.categoryId }),
        ...(closingNote.summary !== undefined && { summary: closingNote.summary }),
      },
    }),
    ...(isWhole && { messageCount }),
    noteCount,
    notes,
  };
}
