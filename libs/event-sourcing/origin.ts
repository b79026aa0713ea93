import type { RunOptions } from './command-runner.js';
import type { CommandHeader } from './decider.js';

/**
 * Where a command comes from, as the edge (HTTP, workflow) knows it: who, when, under which id, and on which condition.
 */
export interface Origin {
  readonly header: CommandHeader;
  readonly options: RunOptions;
}
