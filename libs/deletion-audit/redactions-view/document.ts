import type { IndexDeclaration } from '#event-sourcing';

export const redactionsModel = 'redactions';
export const redactionsSchema = 1;
/** Read as a whole only. */
export const redactionsIndexes: readonly IndexDeclaration[] = [];

/** Which events one redaction has made unreadable; its id is the redaction's. */
export interface RedactionDocument {
  readonly contactId: string;
  /** Whose key the events are sealed under. */
  readonly subjectId: string;
  readonly eventIds: readonly string[];
}
