import type { TopicsEvent } from './events.js';

export interface Topic {
  readonly topicId: string;
  readonly name: string;
  readonly colour: string;
  readonly archived: boolean;
}

/** Archived ones included. */
export type TopicsState = ReadonlyMap<string, Topic>;

export const initial: TopicsState = new Map();

export function evolve(topics: TopicsState, event: TopicsEvent): TopicsState {
  const { topicId } = event.data;
  if (event.type === 'TopicCreated') return new Map(topics).set(topicId, { ...event.data, archived: false });
  const topic = topics.get(topicId);
  return topic ? new Map(topics).set(topicId, changed(topic, event)) : topics;
}

function changed(topic: Topic, event: Exclude<TopicsEvent, { type: 'TopicCreated' }>): Topic {
  switch (event.type) {
    case 'TopicRenamed':
      return { ...topic, name: event.data.name };
    case 'TopicRecoloured':
      return { ...topic, colour: event.data.colour };
    case 'TopicArchived':
      return { ...topic, archived: true };
    case 'TopicRestored':
      return { ...topic, archived: false };
  }
}
