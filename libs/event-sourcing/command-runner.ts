import type { Command, Decider, Refusal } from './decider.js';
import type { DomainEvent, Position } from './event.js';

/** What a command did. `refused` changed nothing and leaves no trace. */
export type CommandResult<E extends DomainEvent, R extends Refusal> =
  | {
      readonly accepted: true;
      /** The events of this command, also when it is a repeated one; none when the wanted end was already there. */
      readonly events: readonly E[];
      /** Where the command is settled: a reader that has reached it sees its effect. */
      readonly position: Position;
      /** Revision of the stream afterwards, -1 when it has no events. */
      readonly revision: number;
      /** True when the command had been accepted before, and this is that answer. */
      readonly repeated: boolean;
    }
  | { readonly accepted: false; readonly refusal: R; readonly revision: number };

export interface RunOptions {
  /** From `If-Match`: another revision throws `PreconditionFailed`. */
  readonly ifRevision?: number | undefined;
  /**
   * The sender chose the command's id (Idempotency-Key). Then a command that decides nothing new is remembered too
   * (`CommandSettled` in `request-<command id>`), so that a repetition after a later change of state changes nothing.
   */
  readonly keyed?: boolean | undefined;
}

export interface Loaded<S> {
  readonly state: S;
  /** -1: no event yet. */
  readonly revision: number;
  /** Position of the newest event, 0 when there is none. */
  readonly position: Position;
}

/**
 * Runs commands: read, fold, decide, append at the revision read; on a conflict again, a bounded number of times.
 * Throws the faults of the port `EventStore`, `CommandIdReused`, `PreconditionFailed` and `Overloaded`.
 */
export interface CommandRunner {
  run<C extends Command, E extends DomainEvent, S, R extends Refusal>(
    decider: Decider<C, E, S, R>,
    stream: string,
    command: C,
    options?: RunOptions,
  ): Promise<CommandResult<E, R>>;
  /** The folded state as this process last saw it; `fresh` reads first what others have appended since. */
  load<C extends Command, E extends DomainEvent, S, R extends Refusal>(
    decider: Decider<C, E, S, R>,
    stream: string,
    options: { readonly fresh: boolean },
  ): Promise<Loaded<S>>;
  /** What an earlier command of this id did to the stream, if the stream still knows (its last 1,000 commands). */
  settled<C extends Command, E extends DomainEvent, S, R extends Refusal>(
    decider: Decider<C, E, S, R>,
    stream: string,
    command: C,
  ): Promise<CommandResult<E, R> | undefined>;
  /** Drops what this process remembers of the stream: after its erasure nothing of it may stay in memory. */
  forget(stream: string): void;
}
