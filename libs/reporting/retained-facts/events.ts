import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';
import type { ConversationFacts } from '../conversation-facts/facts.js';

export const retainedFactsStream = (factsId: string): string => `facts-${factsId}`;

/** What stays of a conversation whose contact was erased; metrics of past days go by it. Names neither. */
export type ConversationFactsRetained = DomainEvent<
  'ConversationFactsRetained',
  { readonly factsId: string; readonly facts: ConversationFacts }
>;

export const retainedFactsEvents = {
  categories: ['facts'],
  definitions: [
    defineEvent<ConversationFactsRetained>({
      type: 'ConversationFactsRetained',
      version: 1,
      sentence:
        'What stays of a conversation whose contact was erased: days, durations, counts. Metrics of past days go by it.',
      fields: { factsId: field('id'), facts: field('json') },
    }),
  ],
};
