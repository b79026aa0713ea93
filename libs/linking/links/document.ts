import type { Medium } from '#channels/channel';
import type { IndexDeclaration } from '#event-sourcing';

export const linksModel = 'links';
export const linksSchema = 3;
/** Who has a value, by its keyed hash. */
export const linksIndexes: readonly IndexDeclaration[] = [{ key: { keys: 1, _id: 1 } }];

/**
 * What a contact can be matched by; its id is the contact's. One that was merged into another has none of its own.
 */
export interface LinksDocument {
  /** With what was merged into it; its own first. */
  readonly contactIds: readonly string[];
  /** Of every attribute that can be chosen: choosing another one needs nothing to be computed (LNK-3). */
  readonly values: readonly MatchValue[];
  /** All keys of the values, for the index. */
  readonly keys: readonly string[];
}

export interface MatchValue {
  readonly alias: string;
  /** `null` unless it is a platform attribute. */
  readonly medium: Medium | null;
  /** Keyed hashes of the values, of which a repeatable attribute has several. */
  readonly keys: readonly string[];
}
