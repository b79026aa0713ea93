import { parseFilter } from '../matching/index.js';
import type { MatchExpression } from '../matching/index.js';
import { plainContext } from '../storage/plain-context.js';
import { MongoError } from '../values/index.js';
import type { Document } from '../values/index.js';

const ALLOWED = new Set(['$eq', '$lt', '$lte', '$gt', '$gte', '$in', '$exists', '$type']);

/** Throws 67 for a filter that a partial index cannot have: only equality, comparisons, `$in`, `$exists: true`, `$type`, `$and`, `$or`. */
export function checkPartialFilter(filter: Document): void {
  check(parseFilter(filter, plainContext()));
}

function check(expression: MatchExpression): void {
  if (expression.kind === 'and' || expression.kind === 'or') expression.children.forEach(check);
  else if (expression.kind !== 'field' || !ALLOWED.has(expression.operator)) {
    const operator =
      expression.kind === 'field' || expression.kind === 'document' ? expression.operator : `$${expression.kind}`;
    throw new MongoError(67, `unsupported expression in partial index: ${operator}`);
  }
}
