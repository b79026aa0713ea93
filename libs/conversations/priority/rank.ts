import type { ScoreTerms } from './events.js';
import type { PriorityScore, PriorityScores } from './state.js';

/** What points can be earned by. */
export interface Ranked {
  readonly groups: readonly string[];
  readonly topics: readonly string[];
  /** The current channel. */
  readonly channelId: string;
}

/** The scores whose terms hold, in the order in which they were added; their points add up to the score (ASG-9). */
export function matchingScores(scores: PriorityScores, ranked: Ranked): readonly PriorityScore[] {
  return scores.filter(({ archived, terms }) => !archived && holds(terms, ranked));
}

function holds({ group, topicId, channelId }: ScoreTerms, ranked: Ranked): boolean {
  return (
    (group === undefined || ranked.groups.includes(group)) &&
    (topicId === undefined || ranked.topics.includes(topicId)) &&
    (channelId === undefined || ranked.channelId === channelId)
  );
}

/** Sorts behind every instant: nobody waits. */
const never = 8_640_000_000_000_000;

/** Two numbers, the smaller first: with the id behind them a total order that no clock changes (ASG-9). */
export interface RankKey {
  readonly first: number;
  readonly second: number;
}

/**
 * Without weight of waiting: the higher score, then who waits longest. With it, each minute is worth points, for all
 * alike: `waitingSince − score / weight` says who is ahead at any time. Nobody waits: behind all who do, by score.
 */
export function rankKey(score: number, waitingSince: string | null, pointsPerMinute: number): RankKey {
  const since = waitingSince === null ? never : Date.parse(waitingSince);
  if (pointsPerMinute === 0) return { first: minus(score), second: since };
  if (waitingSince === null) return { first: never, second: minus(score) };
  return { first: since - (score * 60_000) / pointsPerMinute, second: 0 };
}

/** Databases know −0 as another value than 0. */
const minus = (score: number): number => (score === 0 ? 0 : -score);
