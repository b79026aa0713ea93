import type { Clock, CommandRunner, Ids, LiveViews } from '#event-sourcing';
import type { ConversationChains } from './chain.js';

/** What the handlers of this context work with. */
export interface ConversationPorts {
  readonly runner: CommandRunner;
  readonly ids: Ids;
  readonly views: LiveViews;
  /** Only sleeps, while an erasure lets go of an identity. */
  readonly clock: Clock;
  readonly chains: ConversationChains;
}

/** Injection token of `ConversationPorts`. */
export const conversationPorts = Symbol('ConversationPorts');
