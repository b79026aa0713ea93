import type { ScannableIndex } from '../indexes/secondary-index.js';
import type { MatchExpression } from '../matching/expression.js';
import type { Value } from '../values/index.js';
import type { IndexBounds } from './index-bounds.js';

/** A scan over part of an index. */
export interface IndexScan {
  readonly kind: 'index';
  readonly index: ScannableIndex;
  readonly bounds: IndexBounds;
  readonly direction: 1 | -1;
  /** The ranges are merged into one order instead of read one after another. */
  readonly merge: boolean;
  /** Where else in the index every result stands, by other conditions on the same array. */
  readonly others: readonly IndexBounds[];
}

/** Where results come from, before they are filtered. */
export type Access =
  /** One document by its `_id`. */
  | { readonly kind: 'id'; readonly id: Value }
  | IndexScan
  /** What any branch finds, each document once. */
  | { readonly kind: 'union'; readonly branches: readonly IndexScan[] }
  | { readonly kind: 'collection'; readonly direction: 1 | -1 };

/** How a query is answered. */
export interface Plan {
  readonly access: Access;
  /** Checked on every document fetched, unless the keys alone decide. */
  readonly filter: MatchExpression;
  /** Results come in the order asked for; otherwise they are sorted. */
  readonly sorted: boolean;
  /** The keys alone decide what matches: counting need not fetch, and what is fetched need not be looked at again. */
  readonly decidedByKeys: boolean;
  /** How many results are wanted at most, and so how many keys are worth reading at first; Infinity for all. */
  readonly wanted: number;
}
