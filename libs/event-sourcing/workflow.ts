import type { CommandRunner } from './command-runner.js';
import type { CommandHeader } from './decider.js';
import type { DomainEvent, Position, Recorded, RecordedEvent } from './event.js';
import type { LiveViews } from './live-view.js';
import type { Clock } from './ports/clock.js';
import type { EventStore } from './ports/event-store.js';
import type { Ids } from './ports/ids.js';
import type { KeyRing } from './ports/key-ring.js';
import type { ReadModels } from './ports/read-models.js';
import type { Scavenger } from './ports/scavenger.js';

/** Something that a workflow wants done, as data. With `due` it is a timer. */
export interface ToDo {
  /** Unique within the instance, and the same each time it is computed from the same events. */
  readonly id: string;
  readonly name: string;
  /** Not before this instant (RFC 3339 in UTC with milliseconds); without it at once. */
  readonly due?: string;
}

/** What a to-do is done under. */
export interface ToDoContext {
  readonly key: string;
  /**
   * Its command id derives from (workflow, key, beginning of the instance, to-do): done twice, it is the same command.
   */
  readonly header: CommandHeader;
}

export interface Performer<T extends ToDo> {
  /**
   * Acts, only through commands; may be called again after an interruption. Answers the position where the effect is
   * settled (0: there was nothing to do, or nothing any more): an instance that still wants the same when it has seen
   * that position is told that it is done. What throws is tried again, later and later, and then quarantined.
   */
  perform(todo: T, context: ToDoContext): Promise<Position>;
}

/** What the workflows of a process act with. */
export interface WorkflowPorts {
  readonly store: EventStore;
  readonly runner: CommandRunner;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly views: LiveViews;
  /** For hints only: a command confirms what was read. */
  readonly models: ReadModels;
  readonly keys: KeyRing;
  readonly scavenger: Scavenger;
  /** Plain SHA-256 in lower-case hex: for chains that outsiders verify, never for what derives from a person. */
  readonly sha256: (text: string) => string;
}

/**
 * A process, named as its sentence (when X then Y). Pure but for `performer`. Each instance is folded from events into
 * a document, so it may stay for years (a timer) without holding anything up; see `workflow-engine/`.
 */
export interface Workflow<E extends DomainEvent = DomainEvent, S = unknown, T extends ToDo = ToDo> {
  readonly name: string;
  /** Another number folds all instances anew: needed when `evolve`, `key` or the shape of the state changes. */
  readonly version: number;
  /**
   * `beginning`: instances of any age are acted on. `first-enabled`: only those that begin after the workflow first
   * ran here, so that a new rule does not fall upon all history; that position is recorded once.
   */
  readonly actsFrom: 'beginning' | 'first-enabled';
  readonly on: ReadonlySet<E['type']>;
  /** The instances that the event concerns; `undefined`: none. */
  readonly key: (event: Recorded<E>) => string | readonly string[] | undefined;
  /** JSON, like every state; without personal data. */
  readonly initial: S;
  readonly evolve: (state: S, event: Recorded<E>) => S;
  /**
   * What is still to be done in this state, in order; one that fails keeps the later ones waiting. With nothing left to
   * do the instance is at rest, and forgotten: an event that comes later finds it in its initial state.
   */
  readonly react: (state: S, key: string) => readonly T[];
  /** Contacts whose erasure takes the instance away. */
  readonly owners: (key: string) => readonly string[];
  /** Called once in a process that acts. */
  readonly performer: (ports: WorkflowPorts) => Performer<T>;
}

/** A workflow whose types are hidden: its own events, states and to-dos come back to it. */
export interface AnyWorkflow {
  readonly name: string;
  readonly version: number;
  readonly actsFrom: 'beginning' | 'first-enabled';
  readonly on: ReadonlySet<string>;
  key(event: RecordedEvent): string | readonly string[] | undefined;
  readonly initial: unknown;
  evolve(state: unknown, event: RecordedEvent): unknown;
  react(state: unknown, key: string): readonly ToDo[];
  owners(key: string): readonly string[];
  performer(ports: WorkflowPorts): Performer<ToDo>;
}
