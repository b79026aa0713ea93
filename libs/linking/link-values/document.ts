import type { IndexDeclaration } from '#event-sourcing';
import type { MatchValue } from '../links/index.js';

export const linkValuesModel = 'link-values';
export const linkValuesSchema = 2;
/** The values that most contacts have. */
export const linkValuesIndexes: readonly IndexDeclaration[] = [{ key: { contacts: -1, _id: 1 } }];

/** How many contacts have a value; its id is the keyed hash, and it goes with the last contact that has it. */
export interface LinkValueDocument {
  readonly contacts: number;
}

/** The side document of a contact: its values, and what the newest event changed about them. */
export interface CountedContact {
  readonly values: readonly MatchValue[];
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}
