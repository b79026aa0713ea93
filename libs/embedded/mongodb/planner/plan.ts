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
  /** Checked on every document fetched: index keys only narrow down, they never decide alone. */
  readonly filter: MatchExpression;
  /** Results come in the order asked for; otherwise they are sorted. */
  readonly sorted: boolean;
  /** The keys alone decide, so that counting need not fetch. */
  readonly countable: boolean;
}
