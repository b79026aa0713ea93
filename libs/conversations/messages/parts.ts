import { readPage } from '#event-sourcing';
import type { Page, PageWanted, Position, ReadModels, Stored, Where } from '#event-sourcing';
import type { ConversationDocument } from '../conversation-view/document.js';
import { messagesModel } from './document.js';
import type { MessageDocument } from './document.js';

/**
 * Where a conversation's messages lie, in the order of its list: one place, until a merge is undone (CON-5). Then what
 * it got back lies in other conversations, and what it gave back still lies in its own, and is left out.
 */
export function partsOf(
  conversationId: string,
  { gotBack, gaveBack, subjectIds }: Pick<ConversationDocument, 'gotBack' | 'gaveBack' | 'subjectIds'>,
): readonly Where[] {
  const foreign = gotBack.map(({ conversationId: other, subjectIds: theirs, since, until }) => ({
    conversationId: other,
    subjectId: { in: theirs },
    at: { gte: since },
    position: { lte: until },
  }));
  const own = gaveBack.map(({ until }, index) => {
    const given = gaveBack.slice(index).flatMap((one) => one.subjectIds);
    return {
      conversationId,
      subjectId: { in: subjectIds.filter((id) => !given.includes(id)) },
      position: between(gaveBack[index - 1]?.until, until),
    };
  });
  const last = gaveBack.at(-1);
  return [...foreign, ...own, last ? { conversationId, position: { gt: last.until } } : { conversationId }];
}

const between = (after: Position | undefined, until: Position) =>
  after === undefined ? { lte: until } : { gt: after, lte: until };

/** A page over the parts, one after the other. Its cursor begins with the number of the part. */
export async function readParts(
  models: ReadModels,
  parts: readonly Where[],
  { limit, after }: PageWanted,
): Promise<Page<Stored<MessageDocument>>> {
  const items: Stored<MessageDocument>[] = [];
  const [first, ...rest] = after ?? [0];
  for (let number = Number(first); number < parts.length; number++) {
    const [where, beyond] = [parts[number], items.length === 0 && rest.length > 0 ? rest : undefined];
    if (where === undefined) break;
    const list = { where, sort: { position: 1 } } as const;
    const wanted = { limit: limit - items.length, after: number === Number(first) ? beyond : undefined };
    const page = await readPage<MessageDocument>(models, messagesModel, list, wanted);
    items.push(...page.items);
    if (page.next) return { items, next: [number, ...page.next] };
    const isFull = items.length === limit && number + 1 < parts.length;
    if (isFull) return { items, next: [number + 1, await models.generation(messagesModel), 0, ''] };
  }
  return { items };
}
