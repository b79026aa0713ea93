import type { AddTopic, RemoveTopic } from '../commands.js';
import type { OpenConversationState } from '../open-conversation.js';
import type { Decision } from './decision.js';

/** CNV-7. */
export function addTopic({ topicId, known }: AddTopic, state: OpenConversationState): Decision {
  if (state.topicIds.includes(topicId)) return [];
  if (!known) return { code: 'unknown-topic', topicId };
  const { conversationId, contactId } = state;
  return [{ type: 'TopicAdded', data: { conversationId, contactId, topicId } }];
}

/** Also one that was archived meanwhile. */
export function removeTopic({ topicId }: RemoveTopic, state: OpenConversationState): Decision {
  if (!state.topicIds.includes(topicId)) return [];
  const { conversationId, contactId } = state;
  return [{ type: 'TopicRemoved', data: { conversationId, contactId, topicId } }];
}
