import { CommandIdReused } from './errors.js';
import type { EventMetadata, Position } from './event.js';

/** What the ring remembers of a command that wrote events. */
export interface WrittenTrace {
  readonly commandHash: string;
  /** Revisions of its own first and last event, and of the last event of the append that it shared. */
  readonly first: number;
  readonly last: number;
  readonly settledAt: number;
}

/** What it remembers of a command that found its wanted end already there. */
export interface SettledTrace {
  readonly commandHash: string;
  readonly revision: number;
  readonly position: Position;
}

export type CommandTrace = WrittenTrace | SettledTrace;

/** The last commands of one stream, so that a repeated one gives the same answer and changes nothing. */
export interface CommandRing {
  readonly size: number;
  /** Throws `CommandIdReused` when the id was used for a command with another hash. */
  find(command: { readonly commandId: string; readonly commandHash: string }): CommandTrace | undefined;
  /** Notes an event of the stream; noting it again changes nothing. */
  note(revision: number, metadata: EventMetadata): void;
  settle(commandId: string, trace: SettledTrace): void;
}

/**
 * How many commands of a stream are known again by their id. One that is older is decided again: then only the rule
 * itself can find that its end is there.
 */
const ringSize = 1_000;

export function createCommandRing(): CommandRing {
  const traces = new Map<string, CommandTrace>();
  const keep = (commandId: string, trace: CommandTrace): void => {
    traces.set(commandId, trace);
    if (traces.size <= ringSize) return;
    const [oldest] = traces.keys();
    if (oldest !== undefined) traces.delete(oldest);
  };
  return {
    get size() {
      return traces.size;
    },
    find({ commandId, commandHash }) {
      const trace = traces.get(commandId);
      if (trace && trace.commandHash !== commandHash) throw new CommandIdReused(commandId);
      return trace;
    },
    note(revision, { commandId, commandHash, settledAt }) {
      const known = traces.get(commandId);
      if (known && 'first' in known) {
        const last = Math.max(known.last, revision);
        traces.set(commandId, { ...known, last, settledAt: Math.max(known.settledAt, settledAt ?? last) });
      } else {
        keep(commandId, { commandHash, first: revision, last: revision, settledAt: settledAt ?? revision });
      }
    },
    settle: keep,
  };
}
