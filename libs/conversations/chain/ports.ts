import type { CommandRunner, Ids, LiveViews } from '#event-sourcing';
import type { ConversationChains } from './chain.js';

/** What the handlers of this context work with. */
export interface ConversationPorts {
  readonly runner: CommandRunner;
  readonly ids: Ids;
  readonly views: LiveViews;
  readonly chains: ConversationChains;
}

/** Injection token of `ConversationPorts`. */
export const conversationPorts = Symbol('ConversationPorts');
