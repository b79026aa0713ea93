import type { Command, Decider } from '#event-sourcing';
import type { ConversationFacts } from '../conversation-facts/facts.js';
import type { ConversationFactsRetained } from './events.js';

export type RetainFacts = Command<'RetainFacts', { readonly factsId: string; readonly facts: ConversationFacts }>;

/** The first ones stay: an erasure that is done again may find less of the conversation. */
export const retainedFactsDecider: Decider<
  RetainFacts,
  ConversationFactsRetained,
  { readonly retained: boolean },
  never
> = {
  initial: { retained: false },
  evolve: () => ({ retained: true }),
  decide: ({ factsId, facts }, { retained }) =>
    retained ? [] : [{ type: 'ConversationFactsRetained', data: { factsId, facts } }],
};
