import type { UuidForm } from '../protocol/identifiers.js';
import type { ReadPlan } from '../semantics/read-plan.js';
import type { PageLimit } from '../storage/event-reader.js';

/** To the reader thread: one piece of work, answered under its number. */
export interface PageRequest {
  readonly number: number;
  readonly plan: ReadPlan;
  readonly limit: PageLimit;
  readonly uuidForm: UuidForm;
}

/** One page, encoded and framed. */
export interface EncodedPage {
  readonly content: Uint8Array;
  readonly page: { readonly rest?: ReadPlan; readonly examined: number };
  /** The last event is the tombstone of the stream. */
  readonly endsStream: boolean;
}

export type PageReply =
  { readonly number: number; readonly page: EncodedPage } | { readonly number: number; readonly failure: Failure };

/** An error's class would not survive the way between threads. */
export type Failure =
  | { readonly kind: 'tombstoned'; readonly stream: string }
  | { readonly kind: 'damaged' | 'other'; readonly message: string };
