import type { Position, SideDocuments } from '#event-sourcing';
import { membershipOf } from '#contact-groups/members';
import { vipGroupId } from '#contact-groups/groups';
import { partsOfOpen } from '../ranking/index.js';
import type { QueueSide, Ranking, RankRules, Slot } from './document.js';

export const rankingId = 'ranking';

export const nothingRanks: Ranking = {
  kind: 'ranking',
  slot: 'even',
  rules: { scores: [], pointsPerMinute: 0, vipEnabled: true, groups: [] },
  since: 0,
  next: null,
  groups: [],
};

export const rankingIn = (side: SideDocuments<QueueSide>): Ranking => {
  const ranking = side.get(rankingId);
  return ranking?.kind === 'ranking' ? ranking : nothingRanks;
};

export const otherSlot = (slot: Slot): Slot => (slot === 'even' ? 'odd' : 'even');

interface Circumstances {
  /** Of the event. */
  readonly id: string;
  /** How many conversations are open. */
  readonly open: number;
  /** So many are ranked anew at once; more by parts, while the order before answers (decision 10). */
  readonly mostAtOnce: number;
}

/** Other rules: in force at once when few are open, and otherwise those of the next order. */
export function withRules(
  ranking: Ranking,
  change: (rules: RankRules) => Partial<RankRules>,
  { id, open, mostAtOnce }: Circumstances,
): Ranking {
  const { next } = ranking;
  const newest = next?.rules ?? ranking.rules;
  const rules = { ...newest, ...change(newest) };
  if (next && ranksAlike(newest, rules)) return { ...ranking, next: { ...next, rules } };
  if (!next && (open <= mostAtOnce || ranksAlike(newest, rules))) return { ...ranking, rules };
  return { ...ranking, next: { version: id, rules, open, ranked: 0 } };
}

/** These parts stand in the next order. Nothing, when that is not the one that is being computed. */
export function withPart(ranking: Ranking, part: { version: string; from: number; to: number }): Ranking {
  const { next } = ranking;
  if (next?.version !== part.version || next.ranked !== part.from) return ranking;
  return { ...ranking, next: { ...next, ranked: part.to } };
}

/** The next order answers. Nothing, when that is another one, or is not complete. */
export function switched(ranking: Ranking, version: string, position: Position): Ranking {
  const { next, slot } = ranking;
  if (next?.version !== version || next.ranked < partsOfOpen) return ranking;
  return { ...ranking, slot: otherSlot(slot), rules: next.rules, since: position, next: null };
}

/** Whether everybody stands where they stood: most changes of groups rank nothing. */
export function ranksAlike(some: RankRules, others: RankRules): boolean {
  return JSON.stringify(thatRank(some)) === JSON.stringify(thatRank(others));
}

function thatRank({ scores, pointsPerMinute, vipEnabled, groups }: RankRules) {
  const earning = scores.filter(({ archived }) => !archived).map(({ points, terms }) => ({ points, terms }));
  const named = new Set(earning.map(({ terms }) => terms.group));
  return {
    earning,
    pointsPerMinute,
    vip: vipEnabled && named.has(vipGroupId),
    groups: groups.filter(({ groupId }) => named.has(groupId)),
  };
}

/** In force, before, being computed: what `group-members` keeps too. */
const mostVersions = 3;

/** Forgets the groups and versions that can be asked for no more. */
export function pruned(ranking: Ranking): Ranking {
  const { rules, next, groups } = ranking;
  const inForce = [...rules.groups, ...(next?.rules.groups ?? [])];
  const asked = new Set(inForce.map(({ groupId }) => groupId));
  const answering = new Set(inForce.map(({ groupId, version }) => membershipOf(groupId, version)));
  return {
    ...ranking,
    groups: groups
      .filter(({ groupId }) => asked.has(groupId))
      .map(({ groupId, versions }) => ({
        groupId,
        versions: versions.filter(
          ({ version }, index) =>
            index >= versions.length - mostVersions || answering.has(membershipOf(groupId, version)),
        ),
      })),
  };
}
