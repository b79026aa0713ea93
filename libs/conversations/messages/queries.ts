import { reaches } from '#access/user';
import type { Viewer } from '#access/user';
import type { Actor, Page, PageWanted, Position, ReadModels } from '#event-sourcing';
import { conversationsModel } from '../conversation-view/document.js';
import type { ConversationDocument } from '../conversation-view/document.js';
import type { AutomaticAuthor } from '../conversation/events/writing.js';
import type { DeliveryState } from '../outbound/state.js';
import { messagesModel } from './document.js';
import type { MessageDocument } from './document.js';
import { partsOf, readParts } from './parts.js';

/** A message as a viewer sees it. On a channel that the viewer lacks it is a line that says only that it is there. */
export type MessageItem = {
  readonly messageId: string;
  readonly direction: 'in' | 'out';
  readonly at: string;
} & (
  | {
      readonly text: string;
      readonly redacted?: true;
      readonly channelId: string;
      readonly sentAt?: string;
      readonly state?: DeliveryState;
      /** Why it failed, in the channel's words. */
      readonly failure?: string;
      readonly author?: Actor;
      /** Who a service wrote for. */
      readonly writtenBy?: AutomaticAuthor;
      readonly savedReplyId?: string;
    }
  | { readonly hidden: true }
);

/** The messages in our order, oldest first; `undefined` when there is no such conversation for this viewer. */
export async function conversationMessages(
  models: ReadModels,
  conversationId: string,
  viewer: Viewer,
  wanted: PageWanted,
): Promise<Page<MessageItem> | undefined> {
  const conversation = await models.get<ConversationDocument>(conversationsModel, conversationId);
  if (!conversation || !reaches(viewer.channels, conversation.channelIds)) return undefined;
  const page = await readParts(models, partsOf(conversationId, conversation), wanted);
  return { ...page, items: page.items.map((document) => itemFor(viewer, document._id, document)) };
}

/**
 * The messages that came or changed since then, as the viewer sees them; none where they do not see the conversation.
 */
export async function newMessages(
  models: ReadModels,
  conversationId: string,
  viewer: Viewer,
  since: Position,
): Promise<readonly MessageItem[]> {
  const conversation = await models.get<ConversationDocument>(conversationsModel, conversationId);
  if (!conversation || !reaches(viewer.channels, conversation.channelIds)) return [];
  const parts = partsOf(conversationId, conversation).map((part) => ({ ...part, _at: { gt: since } }));
  const found = await Promise.all(
    parts.map((where) => models.page<MessageDocument>(messagesModel, { where, sort: { _at: 1 }, limit: mostNew })),
  );
  return found.flat().map((document) => itemFor(viewer, document._id, document));
}

/** Who was away for longer than so many messages reads the list. */
const mostNew = 200;

function itemFor(viewer: Viewer, messageId: string, document: MessageDocument): MessageItem {
  const { direction, at, text, redacted, channelId, sentAt, state, failure, author, writtenBy, savedReplyId } =
    document;
  if (!reaches(viewer.channels, [channelId])) return { messageId, direction, at, hidden: true };
  return {
    messageId,
    direction,
    text,
    ...(redacted && { redacted }),
    channelId,
    at,
    ...(sentAt !== undefined && { sentAt }),
    ...(state !== undefined && { state }),
    ...(failure !== undefined && { failure }),
    ...(author !== undefined && { author }),
    ...(writtenBy !== undefined && { writtenBy }),
    ...(savedReplyId !== undefined && { savedReplyId }),
  };
}
