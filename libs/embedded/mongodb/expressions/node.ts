import type { Document, Value } from '../values/index.js';
import type { QueryContext } from './context.js';

/** What a compiled expression reads while it runs: the document, and the variables that `$let`, `$map` and others bind. */
export interface Frame {
  root: Document;
  readonly slots: (Value | undefined)[];
}

/** A compiled expression; undefined is a missing value. */
export type Node = (frame: Frame) => Value | undefined;

/** What an expression may refer to where it stands. */
export interface Scope {
  readonly context: QueryContext;
  /** Which slot of the frame a bound variable has. */
  readonly slots: ReadonlyMap<string, number>;
  /** Gives out slots; shared by all scopes of one expression, so that no two variables meet. */
  readonly allocate: () => number;
  /** Compiles an operand in this scope. */
  readonly compile: (operand: Value) => Node;
  /** The same scope with more variables. */
  readonly bind: (names: readonly string[]) => { readonly scope: Scope; readonly slots: readonly number[] };
}

/** Compiles the operand of one operator. */
export type Operator = (operand: Value, scope: Scope) => Node;

/** A group of operators by name, `$` included. */
export type OperatorGroup = ReadonlyMap<string, Operator>;
