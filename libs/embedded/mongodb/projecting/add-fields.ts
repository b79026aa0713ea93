import { compileExpression, isExpressionOperator } from '../expressions/index.js';
import type { QueryContext } from '../expressions/index.js';
import { Document, MongoError } from '../values/index.js';
import type { Value } from '../values/index.js';
import { addPath, compute } from './path-tree.js';
import type { PathTree } from './path-tree.js';

/** `$addFields`, `$set`: computed fields beside those a document has. Throws 40272 for no object, 40177 for an empty one. */
export function parseAddFields(
  name: string,
  specification: Value,
  context: QueryContext,
): (document: Document) => Document {
  if (!(specification instanceof Document))
    throw new MongoError(40272, `${name} specification stage must be an object`);
  if (specification.size === 0)
    throw new MongoError(40177, `Invalid ${name} :: caused by :: specification must have at least one field`);
  const tree: PathTree = new Map();
  addFields(tree, '', specification, context);
  return (document) => compute(document, tree, document);
}

/** An object that is neither empty nor an operator goes on below; everything else is an expression. */
function addFields(tree: PathTree, prefix: string, specification: Document, context: QueryContext): void {
  for (const [name, value] of specification) {
    const path = prefix + name;
    if (value instanceof Document && value.size > 0 && !startsWithOperator(value)) {
      if (prefix !== '' && name.includes('.'))
        throw new MongoError(40183, `FieldPath field names may not contain '.': ${name}`);
      addFields(tree, `${path}.`, value, context);
    } else addPath(tree, path, compileExpression(value, context));
  }
}

/** Whether an object is an operator's; throws 31325 for one that looks so and is unknown. */
export function startsWithOperator(value: Document): boolean {
  const first = value.keys().next().value;
  if (first?.startsWith('$') !== true) return false;
  if (!isExpressionOperator(first)) throw new MongoError(31325, `Unknown expression ${first}`);
  return true;
}
