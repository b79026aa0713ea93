import type { Decider } from '#event-sourcing';
import type { AddPriorityScore, PriorityCommand } from './commands.js';
import type { PriorityEvent } from './events.js';
import type { PriorityRefusal } from './refusals.js';
import { evolve, initial } from './state.js';
import type { PriorityScores } from './state.js';

type Decision = readonly PriorityEvent[] | PriorityRefusal;

/** What earns points in the queue's order (ASG-9). */
export const priorityDecider: Decider<PriorityCommand, PriorityEvent, PriorityScores, PriorityRefusal> = {
  initial,
  evolve,
  decide,
};

function decide(command: PriorityCommand, scores: PriorityScores): Decision {
  const { scoreId } = command;
  const score = scores.find((candidate) => candidate.scoreId === scoreId);
  if (command.type === 'AddPriorityScore') return score ? [] : add(command);
  if (!score) return { code: 'not-found' };
  switch (command.type) {
    case 'SetPriorityPoints': {
      const { points } = command;
      if (score.archived) return { code: 'not-found' };
      return score.points === points ? [] : [{ type: 'PriorityPointsSet', data: { scoreId, points } }];
    }
    case 'ArchivePriorityScore':
      return score.archived ? [] : [{ type: 'PriorityScoreArchived', data: { scoreId } }];
  }
}

function add({ scoreId, name, points, terms, ...known }: AddPriorityScore): Decision {
  const { group, topicId, channelId } = terms;
  if (group === undefined && topicId === undefined && channelId === undefined) return { code: 'terms-needed' };
  if (group !== undefined && !known.knownGroups.has(group)) return { code: 'unknown-group', groupId: group };
  if (topicId !== undefined && !known.knownTopics.has(topicId)) return { code: 'unknown-topic', topicId };
  if (channelId !== undefined && !known.knownChannels.has(channelId)) return { code: 'unknown-channel', channelId };
  return [{ type: 'PriorityScoreAdded', data: { scoreId, points, ...(name !== undefined && { name }), ...terms } }];
}
