import { conversationHolding, mayBeForgotten } from '../conversation/known-messages.js';
import type { ChainLink, ConversationChains } from './chain.js';

/**
 * Number of the conversation that holds the message. The newest one knows the last hundreds; only for an older message,
 * or one without a channel time, are the contact's earlier conversations asked (CON-2). They are closed, so what they
 * hold never changes, and each knows what came before it in turn.
 */
export async function findMessage(
  chains: ConversationChains,
  newest: ChainLink,
  message: { readonly messageId: string; readonly sentAt?: string },
): Promise<number | undefined> {
  let conversation = newest;
  for (;;) {
    const { received, number, contactId } = conversation;
    const found = conversationHolding(message.messageId, received, number);
    if (found !== undefined || !mayBeForgotten(message.sentAt, received.carried)) return found;
    // The oldest one that is carried may have lost some of its messages on the way.
    const oldest = received.carried.conversations[0]?.number ?? number - 1;
    const earlier = await chains.link(contactId, oldest);
    if (earlier === undefined || earlier === 'gone') return undefined;
    conversation = earlier;
  }
}
