import { StreamGone } from '#event-sourcing';
import type { Recorded, ToDo, Workflow } from '#event-sourcing';
import { conversationDecider } from '../conversation/decide.js';
import { conversationStream, parseConversationId } from '../conversation/events.js';
import type { ConversationEvent } from '../conversation/events.js';
import type { OutboundEvent } from '../outbound/index.js';

type Heard = Extract<OutboundEvent, { type: 'MessageFailed' }> | Extract<ConversationEvent, { type: 'ReplyFailed' }>;

/** The conversation that is to be told; `null`: it knows. */
type State = { readonly conversationId: string } | null;

interface Tell extends ToDo {
  readonly name: 'tell';
  readonly conversationId: string;
}

/** When a message has failed for good, then the conversation hears of it, and the person waits again (CNV-3). */
export const whenMessageFailedThenWaitAgain: Workflow<Heard, State, Tell> = {
  name: 'when-message-failed-then-wait-again',
  version: 1,
  actsFrom: 'beginning',
  on: new Set(['MessageFailed', 'ReplyFailed']),
  // Of the contact, too, so that an erasure takes it away.
  key: ({ data }) => `${data.conversationId} ${data.messageId}`,
  initial: null,
  evolve: (_state, event: Recorded<Heard>) =>
    event.type === 'MessageFailed' ? { conversationId: event.data.conversationId } : null,
  react: (state) => (state ? [{ id: 'tell', name: 'tell', ...state }] : []),
  owners: (key) => [parseConversationId(key.split(' ')[0] ?? '')?.contactId ?? ''],
  performer: ({ runner }) => ({
    async perform({ conversationId }, { key, header }) {
      const messageId = key.slice(conversationId.length + 1);
      try {
        const command = { ...header, type: 'RecordReplyFailure', messageId } as const;
        const result = await runner.run(conversationDecider, conversationStream(conversationId), command);
        return result.accepted ? result.position : 0;
      } catch (fault) {
        // The contact was erased meanwhile.
        if (fault instanceof StreamGone) return 0;
        throw fault;
      }
    },
  }),
};
