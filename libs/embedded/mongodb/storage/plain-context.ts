import type { QueryContext } from '../expressions/index.js';
import { DateTime } from '../values/index.js';

/** What stored filters (of partial indexes, of validators) are read with: no variables, strings by their bytes. */
export const plainContext = (): QueryContext => ({
  collation: undefined,
  variables: new Map(),
  now: new DateTime(BigInt(Date.now())),
  random: Math.random,
});
