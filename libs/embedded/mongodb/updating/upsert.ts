import type { FieldCondition, MatchExpression } from '../matching/index.js';
import { splitPath } from '../paths/index.js';
import { Document, MongoError, Regex } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { Update } from './update.js';

/**
 * The document an upsert inserts when nothing matched: what the filter says by equality, then the update; a replacement
 * takes only `_id` from the filter. It may still lack an `_id`. Throws 54 where the filter says two things about one path.
 */
export function upsertedDocument(filter: MatchExpression, update: Update): Document {
  const equalities = new Map<string, Value>();
  collect(filter, equalities);
  const base = new Document();
  for (const [path, value] of equalities)
    if (update.kind !== 'replacement' || path === '_id') setAt(base, splitPath(path), value);
  const inserted = update.apply(base, { isInsert: true, position: undefined });
  const id = inserted.get('_id');
  return id === undefined ? inserted : new Document([['_id', id], ...[...inserted].filter(([name]) => name !== '_id')]);
}

function collect(expression: MatchExpression, equalities: Map<string, Value>): void {
  if (expression.kind === 'and') for (const child of expression.children) collect(child, equalities);
  else if (expression.kind === 'or' && expression.children.length === 1)
    for (const child of expression.children) collect(child, equalities);
  else if (expression.kind === 'field') {
    const value = onlyValue(expression);
    if (value !== undefined) add(equalities, expression.path, value);
  }
}

/** What a condition says by equality: `$eq`, or `$in` with a single value. */
function onlyValue({ operator, operand }: FieldCondition): Value | undefined {
  if (operator === '$eq') return operand;
  const [only, other] = operator === '$in' && Array.isArray(operand) ? operand : [];
  return other === undefined && !(only instanceof Regex) ? only : undefined;
}

function add(equalities: Map<string, Value>, path: string, value: Value): void {
  for (const other of equalities.keys())
    if (other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`))
      throw new MongoError(54, `cannot infer query fields to set, both paths '${other}' and '${path}' are matched`);
  equalities.set(path, value);
}

function setAt(document: Document, parts: readonly string[], value: Value): void {
  let node = document;
  for (const part of parts.slice(0, -1)) {
    const child = node.get(part);
    const next: Document = child instanceof Document ? child : new Document();
    node.set(part, next);
    node = next;
  }
  node.set(parts.at(-1) ?? '', value);
}
