import fc from 'fast-check';
import { foldDocuments } from '#event-sourcing';
import type { AnyProjection, RecordedEvent } from '#event-sourcing';
import type { ScoreTerms } from '../priority/index.js';
import { partsOfOpen } from '../ranking/index.js';
import type { QueueDocument, Ranking } from './document.js';
import { nothingRanks, rankingId } from './ranking.js';
import type { QueueEvent } from './side.js';

/** What happens, or what the workflow does next; a part that is none of the next order's comes too late. */
export type Happening = QueueEvent | 'work' | 'a part too late';

const people = ['ada', 'bob', 'cid', 'dee'];

export const openedBy = (contactId: string): QueueEvent => ({
  type: 'ConversationOpened',
  data: {
    conversationId: `${contactId}.1`,
    contactId,
    number: 1,
    channelId: 'shop',
    medium: 'custom',
    identityKey: `key ${contactId}`,
    openedBy: 'message',
    known: { conversations: [], complete: true },
  },
});
const closedOf = (contactId: string): QueueEvent => ({
  type: 'ConversationClosed',
  data: { conversationId: `${contactId}.1`, contactId, cause: 'user' },
});
const topicOf = (contactId: string): QueueEvent => ({
  type: 'TopicAdded',
  data: { conversationId: `${contactId}.1`, contactId, topicId: 't' },
});
const marked = (contactId: string): QueueEvent => ({ type: 'VipMarked', data: { contactId, source: 'agent' } });
const unmarked = (contactId: string): QueueEvent => ({ type: 'VipUnmarked', data: { contactId, source: 'agent' } });
const tierOf = (contactId: string, value: string): QueueEvent => ({
  type: 'AttributeSet',
  data: { contactId, alias: 'tier', value, source: 'agent' },
});
const terms = (version: number, value: string) => ({
  groupId: 'g',
  version,
  condition: { field: 'attribute.tier', operator: 'is', value } as const,
  day: '2026-03-02',
  vipEnabled: true,
});
const conditionIs = (version: number, value: string): QueueEvent => ({
  type: 'ContactGroupConditionChanged',
  data: terms(version, value),
});
const tookEffect = (version: number): QueueEvent => ({
  type: 'ContactGroupTookEffect',
  data: { groupId: 'g', version },
});

export const begun: readonly QueueEvent[] = [
  { type: 'ContactGroupDefined', data: { name: 'Tier', ...terms(1, 'gold') } },
  ...people.map((contactId): QueueEvent => ({ type: 'ContactCreated', data: { contactId, createdBy: 'ann' } })),
];

const who = fc.constantFrom(...people);
const tier = fc.constantFrom('gold', 'tin');
const scoreId = fc.constantFrom('s1', 's2', 's3');
const version = fc.integer({ min: 1, max: 4 });
const termsOfScore: fc.Arbitrary<ScoreTerms> = fc.constantFrom<ScoreTerms[]>(
  { group: 'vip' },
  { group: 'g' },
  { topicId: 't' },
  { channelId: 'shop' },
);

const ofConversations = fc.oneof(
  who.map(openedBy),
  who.map(closedOf),
  who.map(topicOf),
  who.map(marked),
  who.map(unmarked),
  fc.tuple(who, tier).map(([contactId, value]) => tierOf(contactId, value)),
);
const added = (id: string, points: number, given: ScoreTerms): QueueEvent => ({
  type: 'PriorityScoreAdded',
  data: { scoreId: id, points, ...given },
});
const ofRules: fc.Arbitrary<QueueEvent> = fc.oneof(
  fc
    .tuple(scoreId, fc.integer({ min: -3, max: 9 }), termsOfScore)
    .map(([id, points, given]) => added(id, points, given)),
  fc
    .tuple(scoreId, fc.integer({ min: -3, max: 9 }))
    .map(([id, points]): QueueEvent => ({ type: 'PriorityPointsSet', data: { scoreId: id, points } })),
  scoreId.map((id): QueueEvent => ({ type: 'PriorityScoreArchived', data: { scoreId: id } })),
  fc.constantFrom(0, 2).map((pointsPerMinute): QueueEvent => ({ type: 'WaitingWeightSet', data: { pointsPerMinute } })),
  fc.constantFrom('vip', 'tier').map((alias): QueueEvent => ({ type: 'AttributeDisabled', data: { alias } })),
  fc.constant<QueueEvent>({ type: 'AttributeEnabled', data: { alias: 'vip' } }),
  fc.tuple(version, tier).map(([number, value]) => conditionIs(number, value)),
  version.map(tookEffect),
  fc.constant<QueueEvent>({ type: 'ContactGroupArchived', data: { groupId: 'g' } }),
);

export const histories: fc.Arbitrary<readonly Happening[]> = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: ofConversations },
      { weight: 4, arbitrary: ofRules },
      { weight: 5, arbitrary: fc.constant('work' as const) },
      { weight: 1, arbitrary: fc.constant('a part too late' as const) },
    ),
    { maxLength: 30 },
  )
  .map((happened) => [...begun, ...people.slice(0, 3).map(openedBy), ...happened]);

/** What the projection knows of the ranking after these events. */
export function rankingOf(projection: AnyProjection, events: readonly RecordedEvent[]): Ranking {
  const looking: AnyProjection = {
    ...projection,
    eventTypes: projection.sideTypes,
    keys: () => [rankingId],
    project: (_document, _event, _id, { side }) => side.get(rankingId),
  };
  return (foldDocuments(looking, events).get(rankingId)?.body as Ranking | undefined) ?? nothingRanks;
}

/** The event by which the workflow goes on; `undefined`: there is nothing to do. */
export function workOn({ next }: Ranking): QueueEvent | undefined {
  if (!next) return undefined;
  const { version: of, ranked } = next;
  if (ranked === partsOfOpen) return { type: 'QueueRankingTookEffect', data: { version: of } };
  const to = Math.min(partsOfOpen, ranked + 100);
  return { type: 'OpenConversationsRanked', data: { version: of, from: ranked, to } };
}

export function queueOf(
  projection: AnyProjection,
  events: readonly RecordedEvent[],
): ReadonlyMap<string, QueueDocument> {
  const folded = foldDocuments(projection, events);
  return new Map([...folded].map(([id, { body }]) => [id, body as QueueDocument]));
}
