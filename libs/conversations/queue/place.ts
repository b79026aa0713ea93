import { membershipOf } from '#contact-groups/members';
import { vipGroupId } from '#contact-groups/groups';
import { matchingScores, rankKey } from '../priority/index.js';
import type { PriorityScores } from '../priority/index.js';
import type { QueueDocument, Rank, Ranking, RankRules } from './document.js';
import { otherSlot } from './ranking.js';

/** A document before its places in the orders are known. */
export type Unranked = Omit<QueueDocument, 'ranks'>;

/** The document in its places: in the order that answers, and in the next one while that is being computed. */
export function placed(document: Unranked, ranking: Ranking, stood: QueueDocument['ranks'] | undefined): QueueDocument {
  const { slot, rules, next } = ranking;
  const rank = rankBy(document, rules);
  // Who began to read in the order before shall end in it: nobody leaves their place there.
  const beside = next ? rankBy(document, next.rules) : (stood?.[otherSlot(slot)] ?? rank);
  return { ...document, ranks: slot === 'even' ? { even: rank, odd: beside } : { even: beside, odd: rank } };
}

/** The same document when it stays where it was: most changes rank few, and what is not changed is not written. */
export function replaced(document: QueueDocument, ranking: Ranking): QueueDocument {
  const { ranks, ...unranked } = document;
  const after = placed(unranked, ranking, ranks);
  return isSame(ranks.even, after.ranks.even) && isSame(ranks.odd, after.ranks.odd) ? document : after;
}

const isSame = (one: Rank, other: Rank): boolean =>
  one.score === other.score && one.first === other.first && one.second === other.second;

function rankBy(document: Unranked, rules: RankRules): Rank {
  const score = scoresOf(document, rules).reduce((sum, { points }) => sum + points, 0);
  return { score, ...rankKey(score, waitingNow(document), rules.pointsPerMinute) };
}

/** The scores that the conversation earns by these rules; their points add up to its score (ASG-9). */
export function scoresOf({ memberships, topics, channelId }: Unranked, rules: RankRules): PriorityScores {
  const held = new Set(memberships);
  const found = rules.groups.filter(({ groupId, version }) => held.has(membershipOf(groupId, version)));
  const vip = rules.vipEnabled && held.has(vipGroupId);
  const groups = [...(vip ? [vipGroupId] : []), ...found.map(({ groupId }) => groupId)];
  return matchingScores(rules.scores, { groups, topics, channelId });
}

/** Whoever is put aside until later is not ahead of anybody meanwhile. */
const waitingNow = ({ status, waitingSince }: Unranked): string | null => (status === 'new' ? waitingSince : null);
