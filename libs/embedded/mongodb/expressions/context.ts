import type { Collation } from '../collation/index.js';
import type { DateTime, Value } from '../values/index.js';

/** What a query's meaning depends on besides its text. */
export interface QueryContext {
  /** How strings compare; undefined: by their bytes. */
  readonly collation: Collation | undefined;
  /** The values of `let`, by name without `$$`; undefined for one that is bound to a missing field. */
  readonly variables: ReadonlyMap<string, Value | undefined>;
  /** `$$NOW`: one instant for the whole command. */
  readonly now: DateTime;
  /** A number from 0 up to 1, for `$rand` and `$sample`. */
  readonly random: () => number;
}
