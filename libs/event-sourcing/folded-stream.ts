import { createCommandRing } from './command-ring.js';
import type { CommandRing } from './command-ring.js';
import type { Command, Decider, Refusal } from './decider.js';
import type { DomainEvent, Position } from './event.js';
import type { EventStore } from './ports/event-store.js';

/** A stream folded up to a revision. */
export interface FoldedStream<S> {
  readonly state: S;
  /** Of the newest event seen, -1 when there is none. */
  readonly revision: number;
  /** Of the newest event seen, 0 when there is none. */
  readonly position: Position;
  /** Shared by all foldings of the stream in this process; may know of commands beyond `revision`. */
  readonly ring: CommandRing;
}

export function unread<S>(initial: S): FoldedStream<S> {
  return { state: initial, revision: -1, position: 0, ring: createCommandRing() };
}

/** Reads and folds what the stream holds beyond `known`. Throws the faults of the port `EventStore`. */
export async function readOn<C extends Command, E extends DomainEvent, S, R extends Refusal>(
  store: EventStore,
  decider: Decider<C, E, S, R>,
  stream: string,
  known: FoldedStream<S>,
): Promise<FoldedStream<S>> {
  let { state, revision, position } = known;
  for await (const event of store.readStream(stream, { from: known.revision + 1 })) {
    const fact: DomainEvent = event;
    state = decider.evolve(state, fact as E);
    known.ring.note(event.revision, event.metadata);
    revision = event.revision;
    position = event.position;
  }
  return revision === known.revision ? known : { state, revision, position, ring: known.ring };
}
