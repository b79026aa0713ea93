import { describe, expect, it } from '@jest/globals';
import { answeringOrder, queueProjectionOf } from '#conversations/queue';
import type { QueueViewer } from '#conversations/queue';
import { readInMemory } from '#event-sourcing';
import { recordEvents } from '#event-sourcing-testing';
import { openedBy, queueOf, rankingOf } from '../../../conversations/queue/next-order.fixtures.js';
import type { QueueEvent } from '../../../conversations/queue/side.js';
import { openQueueFeed } from './queue-feed.js';

const admin: QueueViewer = { userId: 'adam', role: 'admin', channels: 'all', teamIds: [] };
const byParts = queueProjectionOf(1);

function modelsAfter(...events: QueueEvent[]) {
  const here = Promise.resolve(events.length);
  const recorded = recordEvents(events);
  const queue = [...queueOf(byParts, recorded)].map(([_id, body]) => ({ ...body, _id, _at: 0 }));
  const ranking = { ...rankingOf(byParts, recorded), _id: 'ranking', _at: 0 };
  return readInMemory((model) => (model === 'queue' ? queue : [ranking]), {
    position: () => here,
    waitFor: () => here,
  });
}

describe('what a client is told of the queue', () => {
  it('ASG-9, ASG-10: the list anew when another order answers, though nothing happened to anybody', async () => {
    const change: QueueEvent[] = [
      openedBy('ada'),
      openedBy('bob'),
      { type: 'TopicAdded', data: { conversationId: 'bob.1', contactId: 'bob', topicId: 't' } },
      { type: 'PriorityScoreAdded', data: { scoreId: 's', points: 3, topicId: 't' } },
      { type: 'OpenConversationsRanked', data: { version: 'event-3', from: 0, to: 256 } },
    ];
    const tookEffect: QueueEvent = { type: 'QueueRankingTookEffect', data: { version: 'event-3' } };
    let models = modelsAfter(...change);
    const feed = await openQueueFeed(
      { ...models, page: (...asked) => models.page(...asked), get: (...asked) => models.get(...asked) },
      admin,
      {},
    );
    const told = async (reordered: boolean) => {
      const order = await answeringOrder(models);
      const changes = { position: 1, queued: [], conversations: [], order, reordered };
      const news = await feed.news(changes, admin, {});
      return news.map(({ event, data }) => [event, data.conversationId, 'score' in data && data.score]);
    };
    expect(await told(false)).toStrictEqual([]);
    models = modelsAfter(...change, tookEffect);
    expect(await told(true)).toStrictEqual([
      ['changed', 'bob.1', 3],
      ['changed', 'ada.1', 0],
    ]);
  });
});
