import type { QueryContext } from './context.js';
import { DateTime } from '../values/index.js';

/** A context with a fixed instant, no collation, no variables. */
export const context: QueryContext = {
  collation: undefined,
  variables: new Map(),
  now: new DateTime(1_700_000_000_000n),
  random: () => 0.25,
};
