import type { Workflow } from '#event-sourcing';
import { rankFurther } from './perform.js';
import { evolve, initial, keyOf, react } from './todo.js';
import type { RankFurther, RankingWork, RankTheOpenEvent } from './todo.js';

/**
 * When what ranks the queue changes and many are open, then they are ranked by the new rules, part by part, while the
 * old order answers; then the new one does (ASG-9, decision 10).
 */
export const rankTheOpen: Workflow<RankTheOpenEvent, RankingWork, RankFurther> = {
  name: 'when-ranking-changes-then-rank-the-open',
  version: 1,
  actsFrom: 'beginning',
  on: new Set([
    'PriorityScoreAdded',
    'PriorityPointsSet',
    'PriorityScoreArchived',
    'WaitingWeightSet',
    'AttributeEnabled',
    'AttributeDisabled',
    'ContactGroupTookEffect',
    'ContactGroupArchived',
    'OpenConversationsRanked',
    'QueueRankingTookEffect',
  ]),
  key: keyOf,
  initial,
  evolve,
  react,
  owners: () => [],
  performer: (ports) => ({ perform: (todo, context) => rankFurther(ports, todo, context) }),
};
