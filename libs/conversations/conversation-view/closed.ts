import type { Viewer } from '#access/user';
import type { Medium } from '#channels/channel';
import { contactsShown } from '#contacts/contact-view';
import { readPage } from '#event-sourcing';
import type { Condition, Page, PageWanted, ReadModels } from '#event-sourcing';
import type { Assignee } from '../conversation/open-conversation.js';
import { readFound } from '../text-found/index.js';
import type { Found } from '../text-found/index.js';
import { conversationsModel } from './document.js';
import type { ConversationDocument } from './document.js';

export interface ClosedItem {
  readonly conversationId: string;
  readonly contactId: string;
  readonly name: string | null;
  readonly vip: boolean;
  readonly status: 'closed';
  readonly assignee: Assignee | null;
  readonly channelId: string;
  readonly medium: Medium;
  readonly topics: readonly string[];
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly waitingSince: null;
  readonly score: 0;
}

/** The closed conversations that the viewer has access to, the last one closed first (CNV-10, ASG-10). */
export async function closedPage(
  models: ReadModels,
  viewer: Viewer,
  filters: Readonly<Record<'channelId' | 'medium' | 'topicId' | 'teamId' | 'userId', string | undefined>> & {
    /** What a text has found. */
    readonly found?: Found | undefined;
  },
  wanted: PageWanted,
): Promise<Page<ClosedItem>> {
  const { channelId, medium, topicId, teamId, userId } = filters;
  const asked = { channelId, medium, topicIds: topicId, 'assignee.teamId': teamId, 'assignee.userId': userId };
  const where: Record<string, Condition> = {
    status: 'closed',
    ...(viewer.channels !== 'all' && { channelIds: { in: [...viewer.channels] } }),
    ...(Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as Record<string, string>),
  };
  const list = { where, sort: { closedAt: -1 } } as const;
  const page = filters.found
    ? await readFound<ConversationDocument>(models, conversationsModel, list, filters.found, wanted)
    : await readPage<ConversationDocument>(models, conversationsModel, list, wanted);
  const known = await contactsShown(
    models,
    page.items.map(({ contactId }) => contactId),
    viewer,
  );
  const items = page.items.map(
    ({ _id, contactId, assignee, channelId, medium, topicIds: topics, openedAt, closedAt }) => {
      const shown = known.get(contactId) ?? { contactId, name: null, vip: false };
      const place = { assignee, channelId, medium, topics, openedAt, closedAt };
      return {
        conversationId: _id,
        ...shown,
        status: 'closed',
        ...place,
        waitingSince: null,
        score: 0,
      } as const;
    },
  );
  return { ...page, items };
}
