import type { IndexDeclaration } from '#event-sourcing';
import type { ConversationFacts } from './facts.js';
import type { GrowingFacts } from './fold.js';

export const conversationFactsModel = 'conversation-facts';
export const conversationFactsSchema = 1;
export const conversationFactsIndexes: readonly IndexDeclaration[] = [
  { key: { 'facts.openedOn': 1 } },
  { key: { 'facts.closedOn': 1 } },
];

/** The facts of one conversation; its id is the conversation's, or that of the retained facts. */
export interface ConversationFactsDocument {
  readonly facts: ConversationFacts;
  /** What the facts grow by; `null`: they are what was retained of an erased contact. */
  readonly growing: (Omit<GrowingFacts, 'facts'> & { readonly contactId: string }) | null;
}
