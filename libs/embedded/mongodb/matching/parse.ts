import { compileExpression } from '../expressions/index.js';
import type { QueryContext } from '../expressions/index.js';
import { splitPath } from '../paths/index.js';
import { Document, isTruthy, MongoError, Regex } from '../values/index.js';
import type { Value } from '../values/index.js';
import { bitwise, isBitwiseOperator } from './bitwise.js';
import { equality, isOperatorDocument, oneOf, range } from './comparison.js';
import { exists, mod, size, type } from './element.js';
import type { ElementCondition, MatchDetails, MatchExpression } from './expression.js';
import { parseJsonSchema } from './json-schema.js';
import { matches, matchesValue } from './matches.js';
import { parseRegex, regexCondition } from './regex.js';

/** What this server does not do, and says so. */
const refused = new Set([
  '$where',
  '$text',
  '$near',
  '$nearSphere',
  '$geoWithin',
  '$geoIntersects',
  '$within',
  '$geoNear',
]);

const notSupported = (operator: string): MongoError =>
  new MongoError(2, `${operator} is not supported by the embedded server`);

/** Understands a filter. Throws 2 for what no filter may hold, and the codes of the single operators. */
export function parseFilter(filter: Document, context: QueryContext): MatchExpression {
  const children: MatchExpression[] = [];
  for (const [name, value] of filter) {
    if (name === '$comment') continue;
    children.push(name.startsWith('$') ? topLevel(name, value, context) : field(name, value, context));
  }
  return conjunction(children);
}

function conjunction(children: readonly MatchExpression[]): MatchExpression {
  const [first] = children;
  return first !== undefined && children.length === 1 ? first : { kind: 'and', children };
}

function topLevel(name: string, value: Value, context: QueryContext): MatchExpression {
  switch (name) {
    case '$and':
      return { kind: 'and', children: branches(name, value, context) };
    case '$or':
      return { kind: 'or', children: branches(name, value, context) };
    case '$nor':
      return { kind: 'nor', children: branches(name, value, context) };
    case '$expr': {
      const evaluate = compileExpression(value, context);
      return { kind: 'document', operator: name, operand: value, test: (document) => isTruthy(evaluate(document)) };
    }
    case '$jsonSchema':
      return { kind: 'document', operator: name, operand: value, test: parseJsonSchema(value) };
    case '$alwaysTrue':
    case '$alwaysFalse':
      return { kind: 'document', operator: name, operand: value, test: () => name === '$alwaysTrue' };
    default:
      if (refused.has(name)) throw notSupported(name);
      throw new MongoError(2, `unknown top level operator: ${name}`);
  }
}

function branches(name: string, value: Value, context: QueryContext): MatchExpression[] {
  if (!Array.isArray(value)) throw new MongoError(2, `${name} must be an array`);
  if (value.length === 0) throw new MongoError(2, `${name} must be a nonempty array`);
  return value.map((branch) => {
    if (!(branch instanceof Document)) throw new MongoError(2, `${name} entries need to be full objects`);
    return parseFilter(branch, context);
  });
}

function field(path: string, value: Value, context: QueryContext): MatchExpression {
  if (isOperatorDocument(value)) return conjunction(operators(path, value, context));
  if (value instanceof Regex) return at(path, regexCondition(value));
  return at(path, equality(value, context.collation));
}

const at = (path: string, condition: ElementCondition): MatchExpression => ({
  ...condition,
  kind: 'field',
  path,
  parts: splitPath(path),
});

const not = (child: MatchExpression): MatchExpression => ({ kind: 'not', child });

function operators(path: string, document: Document, context: QueryContext): MatchExpression[] {
  const children: MatchExpression[] = [];
  for (const [name, operand] of document) {
    if (name === '$options') {
      if (!document.has('$regex')) throw new MongoError(2, '$options needs a $regex');
    } else if (name === '$regex')
      children.push(at(path, regexCondition(parseRegex(operand, document.get('$options')))));
    else if (name !== '$comment') children.push(operator(path, name, operand, context));
  }
  return children;
}

function operator(path: string, name: string, operand: Value, context: QueryContext): MatchExpression {
  const { collation } = context;
  switch (name) {
    case '$eq':
      return at(path, equality(operand, collation));
    case '$ne':
      if (operand instanceof Regex) throw new MongoError(2, "Can't have regex as arg to $ne.");
      return not(at(path, equality(operand, collation)));
    case '$lt':
    case '$lte':
    case '$gt':
    case '$gte':
      return at(path, range(name, operand, collation));
    case '$in':
      return at(path, oneOf(operand, collation));
    case '$nin':
      return not(at(path, oneOf(operand, collation)));
    case '$exists':
      return isTruthy(operand) ? at(path, exists(true)) : not(at(path, exists(true)));
    case '$type':
      return at(path, type(operand));
    case '$mod':
      return at(path, mod(operand));
    case '$size':
      return at(path, size(operand));
    case '$not':
      return not(negated(path, operand, context));
    case '$all':
      return all(path, operand, context);
    case '$elemMatch':
      return at(path, elementMatch(operand, context));
    default:
      if (isBitwiseOperator(name)) return at(path, bitwise(name, operand));
      if (refused.has(name)) throw notSupported(name);
      throw new MongoError(2, `unknown operator: ${name}`);
  }
}

function negated(path: string, operand: Value, context: QueryContext): MatchExpression {
  if (operand instanceof Regex) return at(path, regexCondition(operand));
  if (!(operand instanceof Document)) throw new MongoError(2, '$not needs a regex or a document');
  if (operand.size === 0) throw new MongoError(2, '$not cannot be empty');
  return conjunction(operators(path, operand, context));
}

/** Every value must be found, each on its own; nothing is found by an empty list. */
function all(path: string, operand: Value, context: QueryContext): MatchExpression {
  if (!Array.isArray(operand)) throw new MongoError(2, '$all needs an array');
  if (operand.length === 0) return { kind: 'or', children: [] };
  const isElementMatch = (value: Value | undefined): boolean =>
    value instanceof Document && value.keys().next().value === '$elemMatch';
  const elementMatches = isElementMatch(operand[0]);
  return conjunction(
    operand.map((value) => {
      if (elementMatches !== isElementMatch(value)) throw new MongoError(2, '$all/$elemMatch has to be consistent');
      if (elementMatches && value instanceof Document) return conjunction(operators(path, value, context));
      if (isOperatorDocument(value)) throw new MongoError(2, 'no $ expressions in $all');
      return field(path, value, context);
    }),
  );
}

const logicalOperators = new Set(['$and', '$or', '$nor', '$expr', '$where']);

/** `$elemMatch`: one element that meets a filter, or one that meets operators. Tells which one it was. */
export function elementMatch(operand: Value, context: QueryContext): ElementCondition {
  if (!(operand instanceof Document)) throw new MongoError(2, '$elemMatch needs an Object');
  const isValueForm = isOperatorDocument(operand) && !logicalOperators.has(operand.keys().next().value ?? '');
  const found = isValueForm ? parseValueFilter(operand, context) : parseFilter(operand, context);
  const isMet = isValueForm
    ? (element: Value) => matchesValue(found, element)
    : (element: Value) => elementMatches(found, element);
  const test = (value: Value | undefined, details?: MatchDetails): boolean => {
    if (!Array.isArray(value)) return false;
    const index = value.findIndex(isMet);
    if (index >= 0 && details !== undefined) details.position = index;
    return index >= 0;
  };
  const condition = { operator: '$elemMatch', operand, leafArrays: 'array only', test } as const;
  return isValueForm ? condition : { ...condition, inner: found };
}

/** Operators alone, for `matchesValue`. */
export const parseValueFilter = (operand: Document, context: QueryContext): MatchExpression =>
  conjunction(operators('', operand, context));

/** An array inside the array is looked at as a document whose names are positions. */
function elementMatches(filter: MatchExpression, element: Value): boolean {
  if (element instanceof Document) return matches(filter, element);
  return Array.isArray(element) && matches(filter, arrayAsDocument(element));
}

const arrayAsDocument = (elements: readonly Value[]): Document =>
  new Document(elements.map((element, index) => [String(index), element]));
