import type { IndexDeclaration } from '#event-sourcing';

export const linkValuesModel = 'link-values';
export const linkValuesSchema = 3;
/** The values that most contacts have. */
export const linkValuesIndexes: readonly IndexDeclaration[] = [{ key: { contacts: -1, _id: 1 } }];

/** How many contacts have a value, merged ones counted as one; its id is the keyed hash, and it goes with the last contact that has it. */
export interface LinkValueDocument {
  readonly contacts: number;
}
