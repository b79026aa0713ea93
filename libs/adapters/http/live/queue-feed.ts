import { reaches } from '#access/user';
import { queueItem, queueModel, queuePage, whereOf } from '#conversations/queue';
import type { QueueFilters, QueueItem, QueueViewer } from '#conversations/queue';
import { readInMemory } from '#event-sourcing';
import type { ReadModels } from '#event-sourcing';
import type { Changes } from './changes.js';

export type QueueNews =
  | { readonly event: 'changed'; readonly data: QueueItem }
  | { readonly event: 'removed'; readonly data: { readonly conversationId: string } };

export interface QueueFeed {
  /** What a viewer who has the list as this feed told it has to change in it. */
  news(changes: Changes, viewer: QueueViewer, filters: QueueFilters): Promise<readonly QueueNews[]>;
}

const mostRemembered = 1_000;

/**
 * What one client is told of the queue. Access is asked at every push: who loses it is told that what they had is gone,
 * and of what they never had access to they hear nothing, not even an id.
 */
export async function openQueueFeed(
  models: ReadModels,
  viewer: QueueViewer,
  filters: QueueFilters,
): Promise<QueueFeed> {
  const beginning = await queuePage(models, viewer, filters, { limit: mostRemembered });
  const shown = new Set(beginning.items.map(({ conversationId }) => conversationId));
  let access = viewer.channels;

  function removed(conversationId: string): QueueNews {
    shown.delete(conversationId);
    return { event: 'removed', data: { conversationId } };
  }

  async function lost(now: QueueViewer): Promise<readonly QueueNews[]> {
    if (now.channels === access || sameAccess(now.channels, access)) return [];
    access = now.channels;
    const held = await models.many<Changes['queued'][number]>(queueModel, [...shown]);
    const reached = new Set(held.filter(({ channelIds }) => reaches(access, channelIds)).map(({ _id }) => _id));
    return [...shown].filter((id) => !reached.has(id)).map(removed);
  }

  /** The list from its beginning, in the order that answers now. */
  async function first(now: QueueViewer, asked: QueueFilters): Promise<readonly QueueNews[]> {
    const { items } = await queuePage(models, now, asked, { limit: mostRemembered });
    for (const { conversationId } of items) shown.add(conversationId);
    return items.map((data) => ({ event: 'changed', data }));
  }

  return {
    async news(changes, now, asked) {
      const matching = new Set(await matchingIds(changes, now, asked));
      const news: QueueNews[] = [...(await lost(now)), ...(changes.reordered ? await first(now, asked) : [])];
      for (const document of changes.queued) {
        if (matching.has(document._id)) {
          shown.add(document._id);
          news.push({ event: 'changed', data: queueItem(document, now, changes.order) });
        } else if (
          shown.has(document._id) ||
          ('channelIds' in document && reaches(now.channels, document.channelIds))
        ) {
          news.push(removed(document._id));
        }
      }
      for (const { _id, status, channelIds } of changes.conversations) {
        const told = news.some(({ event, data }) => event === 'removed' && data.conversationId === _id);
        if (status !== 'closed' || told) continue;
        if (shown.has(_id) || reaches(now.channels, channelIds)) news.push(removed(_id));
      }
      return news;
    },
  };
}

/** By the very conditions that the list is read with. */
async function matchingIds({ queued, position }: Changes, viewer: QueueViewer, filters: QueueFilters) {
  const where = whereOf(viewer, filters);
  if (!where) return [];
  const here = Promise.resolve(position);
  const models = readInMemory(() => queued.filter((document) => 'contactId' in document), {
    position: () => here,
    waitFor: () => here,
  });
  return (await models.page(queueModel, { where, sort: {}, limit: queued.length + 1 })).map(({ _id }) => _id);
}

function sameAccess(one: QueueViewer['channels'], other: QueueViewer['channels']): boolean {
  if (one === 'all' || other === 'all') return one === other;
  return one.size === other.size && [...one].every((id) => other.has(id));
}
