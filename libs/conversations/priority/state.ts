import type { PriorityEvent, ScoreTerms } from './events.js';

export interface PriorityScore {
  readonly scoreId: string;
  readonly name?: string;
  readonly points: number;
  readonly terms: ScoreTerms;
  readonly archived: boolean;
}

/** In the order in which they were added. */
export type PriorityScores = readonly PriorityScore[];

export const initial: PriorityScores = [];

export function evolve(scores: PriorityScores, event: PriorityEvent): PriorityScores {
  const { scoreId } = event.data;
  switch (event.type) {
    case 'PriorityScoreAdded': {
      const { points, name, group, topicId, channelId } = event.data;
      const terms = {
        ...(group !== undefined && { group }),
        ...(topicId !== undefined && { topicId }),
        ...(channelId !== undefined && { channelId }),
      };
      if (scores.some((score) => score.scoreId === scoreId)) return scores;
      return [...scores, { scoreId, ...(name !== undefined && { name }), points, terms, archived: false }];
    }
    case 'PriorityPointsSet':
      return changed(scores, scoreId, { points: event.data.points });
    case 'PriorityScoreArchived':
      return changed(scores, scoreId, { archived: true });
  }
}

function changed(scores: PriorityScores, scoreId: string, change: Partial<PriorityScore>): PriorityScores {
  return scores.map((score) => (score.scoreId === scoreId ? { ...score, ...change } : score));
}
