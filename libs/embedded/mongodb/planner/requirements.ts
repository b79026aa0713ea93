import type { FieldCondition, MatchExpression } from '../matching/expression.js';
import { conditionIntervals } from './condition-intervals.js';
import type { KeyIntervals } from './condition-intervals.js';
import type { StringKey } from '../values/index.js';

/** One condition that every result meets, at the path where an index would hold it. */
export interface Requirement {
  readonly path: string;
  readonly condition: FieldCondition;
  /** undefined when an index cannot narrow it down. */
  readonly keys: KeyIntervals | undefined;
  /** Requirements with the same `$elemMatch` hold for one and the same array element. */
  readonly element: FieldCondition | undefined;
}

/** What a filter demands of every result. */
export interface Requirements {
  readonly all: readonly Requirement[];
  /** Disjunctions of which one branch must hold. */
  readonly alternatives: readonly (readonly MatchExpression[])[];
  /** The requirements say all that the filter says. */
  readonly complete: boolean;
}

/** `texts` is what stands for texts in the keys that are to be found. */
export function requirements(filter: MatchExpression, texts?: StringKey): Requirements {
  const all: Requirement[] = [];
  const alternatives: (readonly MatchExpression[])[] = [];
  const complete = collect(filter, all, alternatives, texts);
  return { all, alternatives, complete };
}

function collect(
  expression: MatchExpression,
  all: Requirement[],
  alternatives: (readonly MatchExpression[])[],
  texts: StringKey | undefined,
): boolean {
  const [only] = expression.kind === 'or' ? expression.children : [];
  if (expression.kind === 'field') {
    all.push(...fromField(expression, texts));
    return true;
  }
  if (expression.kind === 'and')
    return expression.children.map((child) => collect(child, all, alternatives, texts)).every(Boolean);
  if (expression.kind !== 'or') return false;
  if (only !== undefined && expression.children.length === 1) return collect(only, all, alternatives, texts);
  alternatives.push(expression.children);
  return false;
}

function fromField(condition: FieldCondition, texts: StringKey | undefined): Requirement[] {
  if (condition.inner === undefined) {
    return [{ path: condition.path, condition, keys: conditionIntervals(condition, texts), element: undefined }];
  }
  const inside = requirements(condition.inner, texts).all.map((requirement) => ({
    ...requirement,
    path: `${condition.path}.${requirement.path}`,
    element: condition,
  }));
  return [{ path: condition.path, condition, keys: undefined, element: undefined }, ...inside];
}
