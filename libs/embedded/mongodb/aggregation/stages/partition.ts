import type { SortKey } from '../../sorting/index.js';
import type { Document, Value } from '../../values/index.js';

/** One partition in its order. */
export interface Partition {
  readonly documents: readonly Document[];
  readonly keys: readonly SortKey[];
  readonly compareKeys: (a: SortKey, b: SortKey) => number;
}

/** The value of an output field for the document at `index`. */
export type WindowFunction = (partition: Partition, index: number) => Value | undefined;
