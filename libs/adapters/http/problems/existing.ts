import { Problem } from './problem.js';

/** What was asked for, if it is there for this caller; else `not-found`. */
export function existing<T>(found: T | undefined): T {
  if (found === undefined) throw new Problem('not-found');
  return found;
}
