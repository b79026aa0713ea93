import type { LeafArrays } from '../paths/index.js';
import type { Document, Value } from '../values/index.js';

/** What a match tells besides yes: the array position that the update path `$` and the projection `$` stand for. */
export interface MatchDetails {
  position: number | undefined;
}

/** Tests one value a query sees at a path. */
export type ElementTest = (value: Value | undefined, details?: MatchDetails) => boolean;

/** An operator with its operand, before it is bound to a path. */
export interface ElementCondition {
  /** With its `$`; an implicit equality is `$eq`, an implicit regex is `$regex`. */
  readonly operator: string;
  readonly operand: Value;
  readonly leafArrays: LeafArrays;
  readonly test: ElementTest;
  /** The condition on the elements, for `$elemMatch` in its object form. */
  readonly inner?: MatchExpression;
}

/** One operator on one path; it holds if any value at the path passes. */
export interface FieldCondition extends ElementCondition {
  readonly kind: 'field';
  readonly path: string;
  readonly parts: readonly string[];
}

/** A filter, understood: what the predicate is made of, and what a planner may look into. */
export type MatchExpression =
  | FieldCondition
  | { readonly kind: 'and' | 'or' | 'nor'; readonly children: readonly MatchExpression[] }
  | { readonly kind: 'not'; readonly child: MatchExpression }
  /** Looks at the whole document: `$expr`, `$jsonSchema`, `$alwaysTrue`, `$alwaysFalse`. */
  | {
      readonly kind: 'document';
      readonly operator: string;
      readonly operand: Value;
      readonly test: (document: Document) => boolean;
    };
