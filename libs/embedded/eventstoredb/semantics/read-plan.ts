import type { Direction } from '../storage/event-reader.js';
import type { FilterSpec } from './filter.js';
import type { ResolvedEvent } from './links.js';

/**
 * What is still to be read. Plain data, complete in itself: a page of it can be read by any thread, and what is left
 * afterwards is a plan again.
 */
export type ReadPlan = StreamReadPlan | AllReadPlan;

export interface StreamReadPlan {
  readonly source: 'stream';
  readonly stream: string;
  readonly direction: Direction;
  /** Revisions still to be read, both ends included; `to` is fixed when the read starts. */
  readonly from: number;
  readonly to: number;
  /** Events still wanted. */
  readonly count: number;
  readonly resolveLinks: boolean;
  /** Live events are delivered whatever the stream's metadata hides. */
  readonly ignoreMetadata: boolean;
}

export interface AllReadPlan {
  readonly source: 'all';
  readonly direction: Direction;
  /** Positions still to be read, both ends included; `to` is fixed when the read starts. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly resolveLinks: boolean;
  readonly filter?: FilterSpec;
  readonly checkpoints?: CheckpointProgress;
}

/** How far a filtered subscription is on its way to the next checkpoint. */
export interface CheckpointProgress {
  /** Examined events between two checkpoints. */
  readonly interval: number;
  /** Examined since the last full interval. */
  readonly examined: number;
}

/** What goes to the reader, in order. */
export type PageItem =
  ({ readonly kind: 'event' } & ResolvedEvent) | { readonly kind: 'checkpoint'; readonly position: number };

/** `rest` is absent when the plan is done. */
export interface Page<P extends ReadPlan = ReadPlan> {
  readonly items: readonly PageItem[];
  readonly rest?: P;
  /** Events examined since the last checkpoint; 0 without checkpoints. */
  readonly examined: number;
}
