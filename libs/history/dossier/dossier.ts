import type { Viewer } from '#access/user';
import { accessLogPage } from '#access-log/access-log-view';
import type { AccessEntry } from '#access-log/access-log-view';
import { contactNotes } from '#contacts/contact-notes';
import type { ContactNote } from '#contacts/contact-notes';
import type { ContactView } from '#contacts/contact-view';
import { conversationIdOf } from '#conversations/conversation';
import { conversationView, newestConversation } from '#conversations/conversation-view';
import type { ConversationView } from '#conversations/conversation-view';
import { conversationMessages } from '#conversations/messages';
import type { MessageItem } from '#conversations/messages';
import type { Clock, Page, PageWanted, Secrets } from '#event-sourcing';
import { contactTimeline, timelineSources } from '../timeline/index.js';
import type { TimelineItem, TimelinePorts } from '../timeline/index.js';

/** HIS-9: everything that is kept about a person, for who asks what is kept about them. */
export interface Dossier {
  readonly madeAt: string;
  /** As its page shows it now: names, identities, attributes, groups, assignment. */
  readonly contact: ContactView;
  /** All, newest first, with what they said before. */
  readonly notes: readonly ContactNote[];
  /** All, newest first, each with all its messages. */
  readonly conversations: readonly DossierConversation[];
  /** All that happened, newest first: who did what, with every value before and after, also of what is gone today. */
  readonly history: readonly TimelineItem[];
  /** Who read it in the last 90 days, and why. */
  readonly accesses: readonly AccessEntry[];
}

export interface DossierConversation extends ConversationView {
  readonly messages: readonly MessageItem[];
}

const pageSize = 200;

/** `contact` and `viewer`: of somebody who may see everything. Reads all there is: for single persons, not for lists. */
export async function dossierOf(
  ports: TimelinePorts & { readonly secrets: Secrets; readonly clock: Clock },
  contact: ContactView,
  viewer: Viewer,
): Promise<Dossier> {
  const { models, clock } = ports;
  const { contactId, mergedIds } = contact;
  const contactIds = [contactId, ...mergedIds];
  const madeAt = clock.now();
  const sources = await timelineSources(models, contact);
  return {
    madeAt,
    contact,
    notes: await everyItem((wanted) => contactNotes(models, contactIds, wanted)),
    conversations: (await Promise.all(contactIds.map((id) => conversationsOf(ports, id, viewer)))).flat(),
    history: await everyItem((wanted) => contactTimeline(ports, sources, viewer, wanted)),
    accesses: await everyItem((wanted) => accessLogPage(ports, { contactId }, madeAt, wanted)),
  };
}

async function conversationsOf(
  { models }: TimelinePorts,
  contactId: string,
  viewer: Viewer,
): Promise<readonly DossierConversation[]> {
  const conversations: DossierConversation[] = [];
  for (let number = await newestConversation(models, contactId); number > 0; number--) {
    const conversationId = conversationIdOf(contactId, number);
    const view = await conversationView(models, conversationId, viewer);
    if (!view) continue;
    const messages = await everyItem((wanted) => conversationMessages(models, conversationId, viewer, wanted));
    conversations.push({ ...view, messages });
  }
  return conversations;
}

async function everyItem<Item>(
  pageOf: (wanted: PageWanted) => Promise<Page<Item> | undefined>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let after: PageWanted['after'];
  do {
    const page = await pageOf({ limit: pageSize, after });
    items.push(...(page?.items ?? []));
    after = page?.next;
  } while (after);
  return items;
}
