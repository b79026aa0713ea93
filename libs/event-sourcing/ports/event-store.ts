import type { DomainEvent, EventMetadata, Position, RecordedEvent } from '../event.js';

export interface EventToAppend {
  /**
   * UUID. Appending the same ids again at the same expected revision is recognised by the store and changes nothing.
   */
  readonly id: string;
  readonly type: string;
  readonly data: DomainEvent['data'];
  readonly metadata: EventMetadata;
}

/** Revision of the newest event that the writer has seen; `none`: no event yet; `any`: does not matter. */
export type ExpectedRevision = number | 'none' | 'any';

export interface Appended {
  /** Revision of the last event. */
  readonly revision: number;
  /** Position of the last event. */
  readonly position: Position;
}

export interface StreamRead {
  /** First revision, inclusive. Forwards: default 0. Backwards: default the newest. */
  readonly from?: number;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
}

export interface AllRead {
  /**
   * Forwards: only what stands after it (default: the beginning). Backwards: only what stands before it (default: the
   * end).
   */
  readonly beyond?: Position;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
}

export interface SubscriptionBatch {
  /** In order of position; may be empty. */
  readonly events: readonly RecordedEvent[];
  /** Everything up to here was examined: a restart may go on after it. */
  readonly checkpoint: Position;
  /** True when, at this batch, the subscription had reached the end of the log. */
  readonly caughtUp: boolean;
}

/**
 * The log. Methods throw `RevisionConflict`, `StreamGone`, `EventTooLarge`, `StoreUnavailable`, `Overloaded`,
 * `DamagedData` and, for an event of ours that this build does not know, `NewerWriter`.
 */
export interface EventStore {
  /** All or nothing; durable when it answers. */
  append(stream: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<Appended>;
  /** A stream that never was, or whose events are all truncated, has no events. */
  readStream(stream: string, read?: StreamRead): AsyncIterable<RecordedEvent>;
  /** Events of the product's own streams only. */
  readAll(read?: AllRead): AsyncIterable<RecordedEvent>;
  /** The event of the product that stands exactly at `position`, if any: how a checkpoint knows its history again. */
  eventAt(position: Position): Promise<RecordedEvent | undefined>;
  /** Ends when `signal` aborts; survives lost connections (goes on after the last checkpoint it gave). */
  subscribe(from: {
    readonly after: Position | 'start' | 'end';
    readonly signal: AbortSignal;
    /** Only streams of these categories; default: all of the product's. */
    readonly categories?: readonly string[];
  }): AsyncIterable<SubscriptionBatch>;
  /** Makes what stands before `revision` unreadable; a scavenge removes it. */
  truncateBefore(stream: string, revision: number): Promise<void>;
  /** Events of the stream may go after so many seconds. */
  expireAfter(stream: string, seconds: number): Promise<void>;
  /** Seals the stream for good; its events go with the next scavenge. Gone already: nothing happens. */
  tombstone(stream: string, expected: ExpectedRevision): Promise<void>;
}
