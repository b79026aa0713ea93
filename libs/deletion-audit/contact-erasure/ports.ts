import type { ConversationChains } from '#conversations/chain';
import type { Clock, CommandRunner, EventStore, Ids, LiveViews } from '#event-sourcing';
import type { AuditDecider } from '../audit/index.js';

/** What a deletion works with, from its request to its end. */
export interface ErasurePorts {
  readonly store: EventStore;
  readonly runner: CommandRunner;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly views: LiveViews;
  readonly chains: ConversationChains;
  /** One for each process: what it has folded of the audit is remembered under it. */
  readonly audit: AuditDecider;
}

/** Injection token of `ErasurePorts`. */
export const erasurePorts = Symbol('ErasurePorts');
