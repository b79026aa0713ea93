import type { DomainEvent, Recorded } from './event.js';

/** Something that a workflow wants done, as data. Its command id is derived from (workflow, key, `id`), so doing it twice is harmless. */
export interface ToDo {
  /** Unique within the key, and the same each time it is computed from the same events. */
  readonly id: string;
  readonly name: string;
}

/**
 * A process, named as its sentence (when X then Y). To-dos are folded from domain events; only how
 * far it has got is recorded, in `workflow-<name>`. `react` is pure; `perform` acts, only through commands, and may be repeated.
 */
export interface Workflow<E extends DomainEvent = DomainEvent, S = unknown, T extends ToDo = ToDo> {
  readonly name: string;
  readonly on: ReadonlySet<E['type']>;
  /** The instance that the event concerns; `undefined`: none. */
  readonly key: (event: Recorded<E>) => string | undefined;
  readonly initial: S;
  readonly evolve: (state: S, event: Recorded<E>) => S;
  /**
   * What is still to be done in this state, in order. Empty: the instance is at rest, and forgotten. An event that
   * comes later finds it in its initial state.
   */
  readonly react: (state: S, key: string) => readonly T[];
  readonly perform: (todo: T, context: { readonly commandId: string; readonly key: string }) => Promise<void>;
}
