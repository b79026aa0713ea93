import type { Viewer } from '#access/user';
import type { ReadModels } from '#event-sourcing';
import type { ScoreTerms } from '../priority/index.js';
import { answeringOrder } from './answering-order.js';
import { scoresOf } from './place.js';
import { countBefore, queued } from './queries.js';

/** ASG-9: why this rank. The points of the rules add up to the score. */
export interface RankExplained {
  readonly score: number;
  readonly rules: readonly { readonly rule: string; readonly points: number; readonly because: string }[];
  readonly waitingSince: string | null;
  /** From 1, in the queue of who asks. */
  readonly position: number;
}

/** Names that people know channels, groups and topics by. */
export interface NamesOfTerms {
  readonly channel: (id: string) => string;
  readonly group: (id: string) => string;
  readonly topic: (id: string) => string;
}

/**
 * By the rules of the order that answers, which may be changed already. `undefined`: the conversation is not in the
 * viewer's queue.
 */
export async function explainRank(
  models: ReadModels,
  nameOf: NamesOfTerms,
  viewer: Viewer,
  conversationId: string,
): Promise<RankExplained | undefined> {
  const order = await answeringOrder(models);
  const document = await queued(models, viewer, conversationId);
  if (!document) return undefined;
  const rules = scoresOf(document, order.rules).map(({ scoreId, points, terms }) => ({
    rule: scoreId,
    points,
    because: because(terms, nameOf),
  }));
  // Not what the document says: the rules are read before it, and points that do not add up explain nothing.
  const score = rules.reduce((sum, { points }) => sum + points, 0);
  const before = await countBefore(models, viewer, document, order);
  return { score, rules, waitingSince: document.waitingSince, position: before + 1 };
}

function because({ group, channelId, topicId }: ScoreTerms, nameOf: NamesOfTerms): string {
  return [
    ...(group === undefined ? [] : [`the contact is in the group ${nameOf.group(group)}`]),
    ...(topicId === undefined ? [] : [`the conversation has the topic ${nameOf.topic(topicId)}`]),
    ...(channelId === undefined ? [] : [`the current channel is ${nameOf.channel(channelId)}`]),
  ].join(' and ');
}
