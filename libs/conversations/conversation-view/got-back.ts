import type { Position, ReadModels, Stored } from '#event-sourcing';
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
  // Merged anew, the other's conversations are this contact's own.
  return conversations
    .flatMap(gotBackBy)
    .filter(({ liesIn }) => !contactIds.includes(parseConversationId(liesIn)?.contactId ?? ''));
}

/** Whose the messages of a conversation are since merges were undone (CON-5). */
export interface DividedMessages {
  /** Messages that belong to it and lie in others. */
  readonly elsewhere: readonly MessagesElsewhere[];
  /** Of messages that lie in it: those that belong to another one. */
  readonly gaveBack: ConversationDocument['gaveBack'];
}

export async function dividedMessages(models: ReadModels, conversationId: string): Promise<DividedMessages> {
  const found = await models.get<ConversationDocument>(conversationsModel, conversationId);
  return found ? { elsewhere: gotBackBy(found), gaveBack: found.gaveBack } : { elsewhere: [], gaveBack: [] };
}

const gotBackBy = ({ _id, gotBack }: Stored<ConversationDocument>): readonly MessagesElsewhere[] =>
  gotBack.map(({ conversationId, ...which }) => ({ liesIn: conversationId, belongsTo: _id, ...which }));
