import type { IndexBounds } from './index-bounds.js';

/** What a run has looked at, as explain tells it. */
export interface Examined {
  keys: number;
  documents: number;
  /** Of those documents, the ones that the filter let through. */
  matched: number;
  /** The other ranges of the index that were read so as to fetch less. */
  readonly intersected: IndexBounds[];
}

/** What a run begins with. */
export const nothingExamined = (): Examined => ({ keys: 0, documents: 0, matched: 0, intersected: [] });
