import { againIfRebuilt, readPage } from '#event-sourcing';
import type { ListAsked, Page, PageWanted, ReadModels, Scalar, Stored } from '#event-sourcing';
import { parseConversationId } from '../conversation/events.js';

/** What a text has found: all conversations of these contacts, and these by what was written in them. */
export interface Found {
  readonly contactIds: ReadonlySet<string>;
  readonly conversationIds: ReadonlySet<string>;
}

/**
 * A part of a list of conversations, narrowed down to what a text has found. It is read by the contacts; others of
 * their conversations are passed over, so that a page is full while there is more.
 */
export async function readFound<Doc extends { readonly contactId: string }>(
  models: ReadModels,
  model: string,
  list: ListAsked,
  { contactIds, conversationIds }: Found,
  { limit, after }: PageWanted,
): Promise<Page<Stored<Doc>>> {
  const written = [...conversationIds].flatMap((id) => parseConversationId(id)?.contactId ?? []);
  const candidates = [...new Set([...contactIds, ...written])];
  if (candidates.length === 0) return { items: [] };
  const where = { ...list.where, contactId: { in: candidates } };
  return againIfRebuilt(async () => {
    const items: Stored<Doc>[] = [];
    let from: readonly Scalar[] | undefined = after;
    for (;;) {
      const wanted = { limit: limit - items.length, after: from };
      const page: Page<Stored<Doc>> = await readPage<Doc>(models, model, { ...list, where }, wanted);
      items.push(...page.items.filter(({ _id, contactId }) => contactIds.has(contactId) || conversationIds.has(_id)));
      if (!page.next) return { items };
      if (items.length >= limit) return { items, next: page.next };
      from = page.next;
    }
  });
}
