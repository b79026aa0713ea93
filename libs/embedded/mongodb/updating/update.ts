import type { QueryContext } from '../expressions/index.js';
import { Document, equal, identical, MongoError, typeName } from '../values/index.js';
import type { Value } from '../values/index.js';
import { applyFields } from './apply-tree.js';
import { parseArrayFilters } from './array-filters.js';
import type { PathModifier, UpdateState } from './modifier.js';
import { updateOperators } from './operators/index.js';
import { parsePipeline } from './pipeline.js';
import { buildTree } from './update-tree.js';

/** What an update is applied with, besides the document. */
export type UpdateSituation = Omit<UpdateState, 'original' | 'now'>;

/** An update, understood once and applied to many documents. */
export interface Update {
  readonly kind: 'operators' | 'replacement' | 'pipeline';
  /**
   * The document after the update, its `_id` kept; the very same object if nothing changed. Throws 66 when the update
   * changes `_id`, and the codes of the operators.
   */
  readonly apply: (document: Document, situation: UpdateSituation) => Document;
}

/**
 * Understands the update of a statement: an array is a pipeline, an object whose first name has a `$` operators, any other
 * a replacement. Throws 9 for other types, unknown modifiers, modifiers that are no objects, and array filters without
 * operators; 52 for a `$` name in a replacement.
 */
export function parseUpdate(update: Value, arrayFilters: readonly Value[] | undefined, context: QueryContext): Update {
  const parsed = parse(update, arrayFilters, context);
  return { kind: parsed.kind, apply: (document, situation) => keepId(document, parsed.apply(document, situation)) };
}

function parse(update: Value, arrayFilters: readonly Value[] | undefined, context: QueryContext): Update {
  const isOperators = update instanceof Document && update.keys().next().value?.startsWith('$') === true;
  if (arrayFilters !== undefined && !isOperators)
    throw new MongoError(9, 'arrayFilters may not be specified for replacement or pipeline updates');
  if (Array.isArray(update)) return { kind: 'pipeline', apply: parsePipeline(update, context) };
  if (!(update instanceof Document))
    throw new MongoError(9, `Update argument must be either an object or an array, not ${typeName(update)}`);
  return isOperators ? parseOperators(update, arrayFilters ?? [], context) : parseReplacement(update);
}

function parseOperators(update: Document, arrayFilters: readonly Value[], context: QueryContext): Update {
  const filters = parseArrayFilters(arrayFilters, context);
  const modifiers = [...update].flatMap(([name, operands]) => modifiersOf(name, operands, context));
  const tree = buildTree(modifiers, filters);
  return {
    kind: 'operators',
    apply: (document, situation) =>
      applyFields(document, tree, { filters, state: { ...situation, original: document, now: context.now } }),
  };
}

function modifiersOf(name: string, operands: Value, context: QueryContext): readonly PathModifier[] {
  const operator = updateOperators.get(name);
  if (operator === undefined)
    throw new MongoError(
      9,
      `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  if (!(operands instanceof Document))
    throw new MongoError(
      9,
      `Modifiers operate on fields but we found type ${typeName(operands)} instead. For example: {$mod: {<field>: ...}} not {${name}: ...}`,
    );
  return [...operands].flatMap(([path, operand]) => operator(path, operand, context));
}

function parseReplacement(replacement: Document): Update {
  for (const name of replacement.keys())
    if (name.startsWith('$'))
      throw new MongoError(52, `The dollar ($) prefixed field '${name}' in '${name}' is not valid for storage.`);
  return {
    kind: 'replacement',
    apply: (document) => {
      const replaced = withIdFirst(replacement, replacement.get('_id') ?? document.get('_id'));
      return identical(replaced, document) ? document : replaced;
    },
  };
}

/** A copy of the document that begins with this `_id`. */
function withIdFirst(document: Document, id: Value | undefined): Document {
  const result = new Document(id === undefined ? [] : [['_id', id]]);
  for (const [name, value] of document) if (name !== '_id') result.set(name, value);
  return result;
}

function keepId(before: Document, after: Document): Document {
  const id = before.get('_id');
  if (id === undefined || after === before) return after;
  const changed = after.get('_id');
  if (changed !== undefined && equal(changed, id)) return after;
  throw new MongoError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
}
