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

/** What one operator does to the value at one path. */
export interface Modifier {
  /** Whether a path that is not there is made; else the modifier leaves such documents alone. */
  readonly creates: boolean | 'on insert';
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
