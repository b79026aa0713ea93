import type { Decider } from '#event-sourcing';
import type { ChangeTopic, CreateTopic, TopicsCommand } from './commands.js';
import type { TopicsEvent } from './events.js';
import type { TopicsRefusal } from './refusals.js';
import { evolve, initial } from './state.js';
import type { Topic, TopicsState } from './state.js';

type Decision = readonly TopicsEvent[] | TopicsRefusal;

/** The admin's labels for conversations (CNV-7). */
export const topicsDecider: Decider<TopicsCommand, TopicsEvent, TopicsState, TopicsRefusal> = {
  initial,
  evolve,
  decide(command, topics): Decision {
    return command.type === 'CreateTopic' ? create(command, topics) : change(command, topics);
  },
};

function create({ topicId, name, colour }: CreateTopic, topics: TopicsState): Decision {
  if (topics.has(topicId)) return [];
  return namesake(topicId, name, topics) ?? [{ type: 'TopicCreated', data: { topicId, name, colour } }];
}

function change(command: ChangeTopic, topics: TopicsState): Decision {
  const { topicId } = command;
  const topic = topics.get(topicId);
  if (!topic) return { code: 'not-found' };
  const { name = topic.name, colour = topic.colour, archived = topic.archived } = command;
  const taken = archived ? undefined : namesake(topicId, name, topics);
  if (taken) return taken;
  const events: TopicsEvent[] = [];
  if (name !== topic.name) events.push({ type: 'TopicRenamed', data: { topicId, name } });
  if (colour !== topic.colour) events.push({ type: 'TopicRecoloured', data: { topicId, colour } });
  if (archived !== topic.archived) {
    events.push({ type: archived ? 'TopicArchived' : 'TopicRestored', data: { topicId } });
  }
  return events;
}

/** Two labels that read alike cannot be told apart; an archived one is not in the way. */
function namesake(topicId: string, name: string, topics: TopicsState): TopicsRefusal | undefined {
  const alike = (topic: Topic) => topic.name.toLowerCase() === name.toLowerCase();
  const other = [...topics.values()].find((topic) => topic.topicId !== topicId && !topic.archived && alike(topic));
  return other && { code: 'topic-exists', topicId: other.topicId };
}
