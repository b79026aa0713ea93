import type { Position, ReadModels } from '#event-sourcing';
import { parseConversationId } from '../conversation/events.js';
import { conversationsModel } from './document.js';
import type { ConversationDocument } from './document.js';

/** Messages that lie in another contact's conversation and belong to this one's since a merge was undone (CON-5). */
export interface MessagesElsewhere {
  readonly liesIn: string;
  readonly belongsTo: string;
  readonly subjectIds: readonly string[];
  /** Time from which on, and position up to which. */
  readonly since: string;
  readonly until: Position;
}

/** More than anybody undoes merges of one person. */
const most = 200;

/** What conversations of these contacts got back from conversations of others; always in the same order. */
export async function messagesElsewhere(
  models: ReadModels,
  contactIds: readonly string[],
): Promise<readonly MessagesElsewhere[]> {
  const conversations = await models.page<ConversationDocument>(conversationsModel, {
    where: { contactId: { in: contactIds }, 'gotBack.until': { gte: 0 } },
    sort: { contactId: 1, number: -1 },
    limit: most,
  });
  return conversations.flatMap(({ _id, gotBack }) =>
    gotBack.flatMap(({ conversationId, ...which }) =>
      // Merged anew, the other's conversations are this contact's own.
      contactIds.includes(parseConversationId(conversationId)?.contactId ?? '')
        ? []
        : [{ liesIn: conversationId, belongsTo: _id, ...which }],
    ),
  );
}
