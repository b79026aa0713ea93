import type { Position } from '../event.js';
import type { AnyWorkflow, ToDo } from '../workflow.js';

export const workflowsModel = 'workflows';

/** Sorts before every instant: a to-do without a time is due whatever any clock says. */
export const atOnce = '';

/**
 * One instance of a workflow that has something left to do: an index of due times, folded from the log like any read
 * model.
 */
export interface WorkflowInstance {
  readonly workflow: string;
  readonly key: string;
  /** Position and id of the event that it began with. */
  readonly began: Position;
  readonly beganWith: string;
  /** As the workflow's `evolve` left it. */
  readonly state: unknown;
  /** Ids of to-dos that were done without an event that would have told so. */
  readonly settled: readonly string[];
  /** The to-do that failed last, if it is still wanted. */
  readonly failing: { readonly todo: string; readonly attempts: number; readonly retryAt: string } | null;
  /** Why a rule of the workflow failed on it: its state stands still, and it is to be quarantined. */
  readonly broken: string | null;
  readonly quarantined: { readonly reason: string; readonly attempts: number; readonly at: string } | null;
  /** When there is something to do; `null`: not before its release. */
  readonly due: string | null;
}

export const instanceId = (workflow: string, key: string): string => `${workflow} ${key}`;

/** What is left to do, in order. */
export function openToDos(workflow: AnyWorkflow, { state, key, settled }: WorkflowInstance): readonly ToDo[] {
  return workflow.react(state, key).filter(({ id }) => !settled.includes(id));
}

/** A to-do that failed keeps all of the instance waiting: the later ones may build on it. */
export function isDue({ failing }: WorkflowInstance, { due }: ToDo, now: string): boolean {
  return (due ?? atOnce) <= now && (failing === null || failing.retryAt <= now);
}
