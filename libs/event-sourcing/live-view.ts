import type { DomainEvent, Position, Recorded } from './event.js';

/**
 * Configuration and access that commands need at hand (channels, users, attribute definitions, settings): folded into
 * memory from a few streams, never from a read model.
 */
export interface LiveView<S, E extends DomainEvent> {
  readonly name: string;
  readonly categories: readonly string[];
  readonly initial: S;
  /** Pure and total; gets only events of `categories`. */
  readonly evolve: (state: S, event: Recorded<E>) => S;
}

/** The live views of one process, fed by one subscription. */
export interface LiveViews {
  /** Throws `StoreUnavailable` until the views have caught up for the first time. */
  read<S, E extends DomainEvent>(view: LiveView<S, E>): S;
  readonly ready: boolean;
  readonly position: Position;
  /** Resolves when the views have seen `position`; throws `StoreUnavailable` after a bounded wait. */
  waitFor(position: Position): Promise<void>;
}
