import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attributesEvents } from '#attributes/attributes';
import { contactGroupsEvents } from '#contact-groups';
import { contactsEvents } from '#contacts';
import { createCatalogue, kernelEvents } from '#event-sourcing';
import type { AnyProjection } from '#event-sourcing';
import { createInMemoryDocuments, createInMemoryEventStore, recordEvents } from '#event-sourcing-testing';
import { clock, project } from '#event-sourcing-testing/projected-inbox';
import { settingsEvents } from '#settings/settings';
import { conversationsEvents } from '../index.js';
import { partsOfOpen } from '../ranking/index.js';
import type { QueueDocument, Rank, Ranking, Slot } from './document.js';
import { histories, queueOf, rankingOf, workOn } from './next-order.fixtures.js';
import type { Happening } from './next-order.fixtures.js';
import { queueProjectionOf } from './project.js';
import { nothingRanks, otherSlot } from './ranking.js';
import type { QueueEvent } from './side.js';

const byParts = queueProjectionOf(2);
/** What it is compared with: everything at once. */
const atOnce = queueProjectionOf(Infinity);

/** As recorded; each a minute after the one before. */
const recorded = (events: readonly QueueEvent[]) =>
  recordEvents<QueueEvent>(
    events.map((event, index) => [event, { at: new Date(Date.UTC(2026, 2, 2, 10, index)).toISOString() }] as const),
  );

const rankingAfter = (events: readonly QueueEvent[]): Ranking => rankingOf(byParts, recorded(events));

const documentsAfter = (projection: AnyProjection, events: readonly QueueEvent[]) =>
  queueOf(projection, recorded(events));

interface Played {
  readonly events: readonly QueueEvent[];
  readonly rankings: readonly Ranking[];
}

const tooLate: QueueEvent = { type: 'OpenConversationsRanked', data: { version: 'another', from: 0, to: partsOfOpen } };

/** The history with what the workflow would have done, and what the projection knew after each event. */
function played(history: readonly Happening[]): Played {
  const events: QueueEvent[] = [];
  const rankings: Ranking[] = [];
  for (const happening of history) {
    const ranking = rankings.at(-1) ?? nothingRanks;
    const event = happening === 'work' ? workOn(ranking) : happening === 'a part too late' ? tooLate : happening;
    if (!event) continue;
    events.push(event);
    rankings.push(rankingAfter(events));
  }
  return { events, rankings };
}

const ranksIn = (slot: Slot, documents: ReadonlyMap<string, QueueDocument>): Readonly<Record<string, Rank>> =>
  Object.fromEntries([...documents].map(([id, { ranks }]) => [id, ranks[slot]]));

/** Events that only say what ranks. */
const setRules = new Set<string>([
  'PriorityScoreAdded',
  'PriorityPointsSet',
  'PriorityScoreArchived',
  'WaitingWeightSet',
  'AttributeEnabled',
  'AttributeDisabled',
  'ContactGroupTookEffect',
  'ContactGroupArchived',
]);

const ranksNobody: QueueEvent = { type: 'AttributeEnabled', data: { alias: 'tier' } };

/** The same without what was said of the rules since they are no longer those of the order that answers. */
function byOldRules({ events, rankings }: Played): readonly QueueEvent[] {
  const settled = rankings.findLastIndex(({ next }) => next === null);
  return events.map((event, index) => (index <= settled || !setRules.has(event.type) ? event : ranksNobody));
}

/** With all that the workflow still has to do, or all but the end when so many parts are ranked. */
function workedOff(history: readonly Happening[], upTo = Infinity) {
  const events = [...played(history).events];
  for (;;) {
    const ranking = rankingAfter(events);
    const work = (ranking.next?.ranked ?? 0) >= upTo ? undefined : workOn(ranking);
    if (!work) return { events, ranking };
    events.push(work);
  }
}

/** As the log wants it; `event-7` is how the fixture names the eighth event. */
const uuidOf = (id: string): string => `00000000-0000-4000-8000-${id.replace(/\D/g, '').padStart(12, '0')}`;

describe('an order that is computed by parts', () => {
  it('ASG-9: is, once it answers, the one that all at once would have given', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { events, ranking } = workedOff(history);
        expect(ranking.next).toBeNull();
        expect(ranksIn(ranking.slot, documentsAfter(byParts, events))).toStrictEqual(
          ranksIn('even', documentsAfter(atOnce, events)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('ASG-9: until then everybody stands where the old rules put them, who came or changed meanwhile too', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const game = played(history);
        const slot = game.rankings.at(-1)?.slot ?? 'even';
        expect(ranksIn(slot, documentsAfter(byParts, game.events))).toStrictEqual(
          ranksIn('even', documentsAfter(atOnce, byOldRules(game))),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('ASG-9: has everybody in place before it answers', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { events, ranking } = workedOff(history, partsOfOpen);
        expect(
          ranksIn(ranking.next ? otherSlot(ranking.slot) : ranking.slot, documentsAfter(byParts, events)),
        ).toStrictEqual(ranksIn('even', documentsAfter(atOnce, events)));
      }),
      { numRuns: 200 },
    );
  });

  it('ASG-9: is the same whatever the size of the batches: 1, 7 or 1,000 events', async () => {
    const contexts = [contactsEvents, conversationsEvents, contactGroupsEvents, settingsEvents, attributesEvents];
    const catalogue = createCatalogue([kernelEvents, ...contexts]);
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const store = createInMemoryEventStore({ catalogue, clock });
        for (const { id, type, data, metadata } of recorded(workedOff(history).events)) {
          const isOfRanking = type === 'OpenConversationsRanked' || type === 'QueueRankingTookEffect';
          const version = isOfRanking && { version: uuidOf((data as { version: string }).version) };
          await store.append('ranking-1', [{ id: uuidOf(id), type, data: { ...data, ...version }, metadata }], 'any');
        }
        const [one, seven, thousand] = await Promise.all(
          [1, 7, 1_000].map(async (batchSize) => {
            const documents = createInMemoryDocuments({ clock });
            await project(store, documents, { batchSize, projections: [byParts] });
            return [documents.contents('queue'), documents.contents('queue.side')];
          }),
        );
        expect(seven).toStrictEqual(one);
        expect(thousand).toStrictEqual(one);
      }),
      { numRuns: 40 },
    );
  });
});
