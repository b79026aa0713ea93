import type { QueryContext } from '../expressions/context.js';
import type { Document, Value } from '../values/index.js';

/** What one accumulator has seen so far. */
export interface Accumulator {
  readonly add: (document: Document) => void;
  /** undefined is a missing result. */
  readonly result: () => Value | undefined;
}

/** Compiles the operand of an accumulator; what comes back makes a fresh one for each group. */
export type AccumulatorOperator = (operand: Value, context: QueryContext) => () => Accumulator;

/** Folds the values of one expression. */
export interface Fold {
  readonly add: (value: Value | undefined) => void;
  readonly result: () => Value | undefined;
}
