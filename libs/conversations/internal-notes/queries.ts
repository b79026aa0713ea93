import { reaches } from '#access/user';
import type { Viewer } from '#access/user';
import { speakerIdsFor } from '#contacts/contact-view';
import { readPage } from '#event-sourcing';
import type { Page, PageWanted, ReadModels, Stored } from '#event-sourcing';
import { conversationsModel } from '../conversation-view/document.js';
import type { ConversationDocument } from '../conversation-view/document.js';
import { internalNotesModel } from './document.js';
import type { InternalNoteDocument } from './document.js';

export interface InternalNoteItem extends InternalNoteDocument {
  readonly noteId: string;
}

/** The conversation's notes, oldest first; `undefined` when there is no such conversation for this viewer. */
export async function conversationNotes(
  models: ReadModels,
  conversationId: string,
  viewer: Viewer,
  wanted: PageWanted,
): Promise<Page<InternalNoteItem> | undefined> {
  const conversation = await models.get<ConversationDocument>(conversationsModel, conversationId);
  if (!conversation || !reaches(viewer.channels, conversation.channelIds)) return undefined;
  const list = { where: { conversationId }, sort: { at: 1 } } as const;
  const page = await readPage<InternalNoteDocument>(models, internalNotesModel, list, wanted);
  return { ...page, items: await itemsOf(models, page.items) };
}

/**
 * The notes that ask the viewer to look, newest first. Those of conversations that they do not see any more are left
 * out (ASG-6), so a part of the list may be shorter than asked for.
 */
export async function mentionsOf(
  models: ReadModels,
  viewer: Viewer,
  wanted: PageWanted,
): Promise<Page<InternalNoteItem>> {
  const list = { where: { mentions: viewer.userId }, sort: { at: -1 } } as const;
  const page = await readPage<InternalNoteDocument>(models, internalNotesModel, list, wanted);
  const ids = [...new Set(page.items.map(({ conversationId }) => conversationId))];
  const conversations = await models.many<ConversationDocument>(conversationsModel, ids);
  const seen = new Set(
    conversations.filter(({ channelIds }) => reaches(viewer.channels, channelIds)).map(({ _id }) => _id),
  );
  const items = await itemsOf(
    models,
    page.items.filter(({ conversationId }) => seen.has(conversationId)),
  );
  return { ...page, items };
}

/** By the contact who speaks for whom the note was about (CON-5). */
async function itemsOf(
  models: ReadModels,
  notes: readonly Stored<InternalNoteDocument>[],
): Promise<readonly InternalNoteItem[]> {
  const speakerOf = await speakerIdsFor(
    models,
    notes.map(({ contactId }) => contactId),
  );
  return notes.map(({ _id, conversationId, contactId, text, author, at, mentions }) => {
    return { noteId: _id, conversationId, contactId: speakerOf(contactId), text, author, at, mentions };
  });
}
