import { someValue } from '../paths/index.js';
import type { Document, Value } from '../values/index.js';
import type { FieldCondition, MatchDetails, MatchExpression } from './expression.js';

/** Whether a document meets a filter; with `details`, where in an array it was met. */
export function matches(expression: MatchExpression, document: Document, details?: MatchDetails): boolean {
  switch (expression.kind) {
    case 'field':
      return matchesField(expression, document, details);
    case 'and':
      return expression.children.every((child) => matches(child, document, details));
    // Which branch was met says nothing about a position that holds for the whole filter.
    case 'or':
      return expression.children.some((child) => matches(child, document));
    case 'nor':
      return !expression.children.some((child) => matches(child, document));
    case 'not':
      return !matches(expression.child, document);
    case 'document':
      return expression.test(document);
  }
}

function matchesField(condition: FieldCondition, document: Document, details: MatchDetails | undefined): boolean {
  return someValue(document, condition.parts, condition.leafArrays, (value, position) => {
    if (!condition.test(value, details)) return false;
    if (details !== undefined && position !== undefined) details.position = position;
    return true;
  });
}

/** Whether a value by itself meets operators, its elements aside: how `$elemMatch` and `$pull` look at an element. */
export function matchesValue(expression: MatchExpression, value: Value): boolean {
  switch (expression.kind) {
    case 'field':
      return expression.test(value);
    case 'and':
      return expression.children.every((child) => matchesValue(child, value));
    case 'or':
      return expression.children.some((child) => matchesValue(child, value));
    case 'nor':
      return !expression.children.some((child) => matchesValue(child, value));
    case 'not':
      return !matchesValue(expression.child, value);
    case 'document':
      return false;
  }
}
