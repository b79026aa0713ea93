import type { QueryContext } from '../expressions/index.js';
import type { DateTime, Document, Value } from '../values/index.js';

/** What an update's modifiers may look at while they run. */
export interface UpdateState {
  /** The document before the update. */
  readonly original: Document;
  /** The array position the filter matched, for `$`. */
  readonly position: number | undefined;
  /** Whether an upsert inserts this document. */
  readonly isInsert: boolean;
  readonly now: DateTime;
}

/**
 * What a modifier does where its path is not there: make it, or leave the document alone; most of those that make nothing
 * still refuse (28) a path that cannot be made, because a scalar is in the way.
 */
export type WhenMissing = 'make' | 'skip' | 'skip unless blocked';

/** What one operator does to the value at one path. */
export interface Modifier {
  readonly missing: WhenMissing | ((state: UpdateState) => WhenMissing);
  /** The new value, the same one for no change, undefined to remove it (or leave it missing). `at` names it in errors. */
  readonly modify: (current: Value | undefined, state: UpdateState, at: string) => Value | undefined;
}

/** A modifier with the dotted path it works on. */
export interface PathModifier {
  readonly path: string;
  readonly modifier: Modifier;
}

/** Understands `path: operand` of one update operator. */
export type UpdateOperator = (path: string, operand: Value, context: QueryContext) => readonly PathModifier[];
