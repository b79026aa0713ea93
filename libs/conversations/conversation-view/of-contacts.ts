import { reaches, reachesAll } from '#access/user';
import type { ChannelAccess, Viewer } from '#access/user';
import type { Medium } from '#channels/channel';
import { speakerIdsFor } from '#contacts/contact-view';
import { readPage } from '#event-sourcing';
import type { Page, PageWanted, Position, ReadModels, Stored } from '#event-sourcing';
import { conversationsModel } from './document.js';
import type { ConversationDocument, ConversationStatus } from './document.js';

/** A conversation in a list of several contacts' ones. */
export interface ConversationLine {
  readonly conversationId: string;
  /** Who speaks for its contact (CON-5). */
  readonly contactId: string;
  readonly status: ConversationStatus;
  /** The current channel, where the viewer has access to it. */
  readonly channelId?: string;
  readonly medium?: Medium;
  readonly openedAt: string;
  readonly closedAt: string | null;
  /** Not there for who lacks one of its channels (ASG-6). */
  readonly messageCount?: number;
}

/** Newest first; what the viewer lacks is not there (ASG-6). */
export async function conversationsOf(
  models: ReadModels,
  contactIds: readonly string[],
  { channels }: Viewer,
  wanted: PageWanted,
): Promise<Page<ConversationLine>> {
  const access = channels === 'all' ? {} : { channelIds: { in: [...channels] } };
  const list = { where: { contactId: { in: contactIds }, ...access }, sort: { openedAt: -1 } } as const;
  const page = await readPage<ConversationDocument>(models, conversationsModel, list, wanted);
  const speakerOf = await speakerIdsFor(models, contactIds);
  const items = page.items.map((document) => lineFor(document, speakerOf(document.contactId), channels));
  return { ...page, items };
}

function lineFor(document: Stored<ConversationDocument>, contactId: string, channels: ChannelAccess): ConversationLine {
  const { _id, status, channelId, channelIds, medium, openedAt, closedAt, messageCount } = document;
  return {
    conversationId: _id,
    contactId,
    status,
    ...(reaches(channels, [channelId]) && { channelId, medium }),
    openedAt,
    closedAt,
    ...(reachesAll(channels, channelIds) && { messageCount }),
  };
}

/** The status of each of these conversations that is known, by id. */
export async function statusesOf(
  models: ReadModels,
  conversationIds: readonly string[],
): Promise<ReadonlyMap<string, ConversationStatus>> {
  const found = await models.many<ConversationDocument>(conversationsModel, conversationIds);
  return new Map(found.map(({ _id, status }) => [_id, status]));
}

/** Where a message lies. */
interface Lying {
  readonly conversationId: string;
  readonly subjectId: string;
  readonly position: Position;
}

/**
 * The conversations in whose lists these messages stand: another one than they lie in, since a merge was undone
 * (CON-5).
 */
export async function conversationsShowing(models: ReadModels, messages: readonly Lying[]): Promise<readonly string[]> {
  const known = new Map<string, Stored<ConversationDocument>>();
  let wanted = new Set(messages.map(({ conversationId }) => conversationId));
  // What was given back may have been given on.
  while (wanted.size > 0) {
    const found = await models.many<ConversationDocument>(conversationsModel, [...wanted]);
    for (const document of found) known.set(document._id, document);
    const next = found.flatMap(({ gaveBack }) => gaveBack.map(({ to }) => to));
    wanted = new Set(next.filter((id) => !known.has(id) && !wanted.has(id)));
  }
  return messages.map((message) => showing(known, message, message.conversationId));
}

function showing(
  known: ReadonlyMap<string, ConversationDocument>,
  { subjectId, position }: Lying,
  conversationId: string,
): string {
  const given = known
    .get(conversationId)
    ?.gaveBack.find(({ subjectIds, until }) => subjectIds.includes(subjectId) && position <= until);
  return given ? showing(known, { conversationId, subjectId, position }, given.to) : conversationId;
}
