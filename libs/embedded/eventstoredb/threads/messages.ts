import type { UuidForm } from '../protocol/identifiers.js';
import type { ReadPlan } from '../semantics/read-plan.js';
import type { Scavengeable } from '../semantics/scavengeable.js';
import type { PageLimit } from '../storage/event-reader.js';
import type { Failure } from './failures.js';

/** To the reader thread: one piece of work, answered under its number. */
export interface PageRequest {
  readonly number: number;
  readonly plan: ReadPlan;
  readonly limit: PageLimit;
  readonly uuidForm: UuidForm;
}

/** One page, encoded and framed. */
export interface EncodedPage {
  readonly content: Uint8Array<ArrayBuffer>;
  readonly page: { readonly rest?: ReadPlan; readonly examined: number };
  /** The last event is the tombstone of the stream. */
  readonly endsStream: boolean;
}

export type PageReply =
  { readonly number: number; readonly page: EncodedPage } | { readonly number: number; readonly failure: Failure };

/** To the maintenance thread. */
export type MaintenanceTask = 'verify-structure' | 'verify-contents' | 'find-scavengeable';
export type MaintenanceRequest = 'stop' | { readonly number: number; readonly task: MaintenanceTask };

/** From it: about a task, under its number, or of its own accord. */
export type MaintenanceReport =
  | { readonly kind: 'found'; readonly number: number; readonly portion: readonly Scavengeable[] }
  | { readonly kind: 'done'; readonly number: number }
  | { readonly kind: 'failed'; readonly number: number; readonly failure: Failure }
  /** A checkpoint has copied most of the write-ahead log; what came meanwhile is left. */
  | { readonly kind: 'checkpointed' };
