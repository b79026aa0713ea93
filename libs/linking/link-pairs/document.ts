import type { IndexDeclaration } from '#event-sourcing';

export const linkPairsModel = 'link-pairs';
export const linkPairsSchema = 1;
export const linkPairsIndexes: readonly IndexDeclaration[] = [{ key: { contactIds: 1, said: 1, _id: 1 } }];

/**
 * What somebody has said of two contacts (LNK-4). A document of its own, which goes with either of them: in the
 * documents of the contacts each would name the other one, also when that one is erased.
 */
export interface LinkPairDocument {
  /** The lower id first; the document's id is both. */
  readonly contactIds: readonly [string, string];
  readonly said: 'linked' | 'apart';
}
