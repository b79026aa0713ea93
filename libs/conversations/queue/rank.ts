import type { Viewer } from '#access/user';
import { membershipIn } from '#contact-groups/members';
import type { GroupConfiguration } from '#contact-groups/groups';
import type { ReadModels } from '#event-sourcing';
import { matchingScores } from '../priority/index.js';
import type { PriorityScore, PriorityScores, ScoreTerms } from '../priority/index.js';
import type { QueueDocument } from './document.js';
import { countBefore, queued } from './queries.js';

/** ASG-9: why this rank. The points of the rules add up to the score. */
export interface RankExplained {
  readonly score: number;
  readonly rules: readonly { readonly rule: string; readonly points: number; readonly because: string }[];
  readonly waitingSince: string | null;
  /** From 1, in the queue of who asks. */
  readonly position: number;
}

export interface RankConfiguration extends GroupConfiguration {
  readonly scores: PriorityScores;
  /** Names that people know channels, groups and topics by. */
  readonly nameOf: {
    readonly channel: (id: string) => string;
    readonly group: (id: string) => string;
    readonly topic: (id: string) => string;
  };
}

/** `undefined`: the conversation is not in the viewer's queue. */
export async function explainRank(
  models: ReadModels,
  configuration: RankConfiguration,
  viewer: Viewer,
  conversationId: string,
): Promise<RankExplained | undefined> {
  const document = await queued(models, viewer, conversationId);
  if (!document) return undefined;
  const { score, waitingSince } = document;
  const rules = rulesOf(document, configuration).map(({ scoreId, points, terms }) => ({
    rule: scoreId,
    points,
    because: because(terms, configuration),
  }));
  return { score, rules, waitingSince, position: (await countBefore(models, viewer, document)) + 1 };
}

function rulesOf(
  { memberships, topics, channelId }: QueueDocument,
  configuration: RankConfiguration,
): readonly PriorityScore[] {
  const asked = new Set(configuration.scores.flatMap(({ terms: { group } }) => (group === undefined ? [] : [group])));
  const groups = [...asked].filter((group) => memberships.includes(membershipIn(group, configuration) ?? ''));
  return matchingScores(configuration.scores, { groups, topics, channelId });
}

function because({ group, channelId, topicId }: ScoreTerms, { nameOf }: RankConfiguration): string {
  return [
    ...(group === undefined ? [] : [`the contact is in the group ${nameOf.group(group)}`]),
    ...(topicId === undefined ? [] : [`the conversation has the topic ${nameOf.topic(topicId)}`]),
    ...(channelId === undefined ? [] : [`the current channel is ${nameOf.channel(channelId)}`]),
  ].join(' and ');
}
