import { parseFieldPath } from '../paths/index.js';
import { compileExpression } from '../expressions/index.js';
import type { QueryContext } from '../expressions/index.js';
import { Document, isNumeric, isTruthy, MongoError } from '../values/index.js';
import type { Value } from '../values/index.js';
import { startsWithOperator } from './add-fields.js';
import { elementMatchProjection, isFindSlice, keepPosition, parseFindSlice, sliceAt } from './find-operators.js';
import { addPath, compute, exclude, hasComputed, include } from './path-tree.js';
import type { PathTree } from './path-tree.js';

/** A projection, understood. */
export interface Projection {
  readonly kind: 'inclusion' | 'exclusion';
  /** The names it keeps, if it only keeps whole top-level fields: a planner may cover it by an index. */
  readonly plainNames: readonly string[] | undefined;
  /** Whether `project` wants the array position that the filter matched (`$`). */
  readonly needsPosition: boolean;
  /** The projected document. Throws 51246 and 51247 where `$` has no element. */
  readonly project: (document: Document, position?: number) => Document;
}

/** `find` also knows `$slice`, `$elemMatch` and the positional `$`. */
export type Dialect = 'find' | 'aggregation';

interface Parsing {
  readonly context: QueryContext;
  readonly dialect: Dialect;
  readonly tree: PathTree;
  kind: 'inclusion' | 'exclusion' | undefined;
  id: boolean | undefined;
  positional: readonly string[] | undefined;
  readonly sliced: string[];
  readonly afterwards: ((projected: Document, original: Document) => Document)[];
}

/**
 * Understands a projection. Throws 31253 and 31254 for a mix of keeping and dropping, 31252 for a computed field among
 * dropped ones, 31249 and 31250 for colliding paths, 51270 for empty objects, 31325 for unknown operators, 31394 and 31395
 * for a misplaced `$`, 31276 for two of them, 31275 for `$elemMatch` on a dotted path.
 */
export function parseProjection(specification: Document, context: QueryContext, dialect: Dialect): Projection {
  const parsing: Parsing = {
    context,
    dialect,
    tree: new Map(),
    kind: undefined,
    id: undefined,
    positional: undefined,
    sliced: [],
    afterwards: [],
  };
  parseFields(parsing, '', specification);
  return finish(parsing);
}

function parseFields(parsing: Parsing, prefix: string, specification: Document): void {
  for (const [name, value] of specification) parseField(parsing, prefix + name, value);
}

function parseField(parsing: Parsing, path: string, value: Value): void {
  if (typeof value === 'boolean' || isNumeric(value)) {
    if (parsing.dialect === 'find' && (path.endsWith('.$') || path.includes('.$.')))
      parsePositional(parsing, path, isTruthy(value));
    else parseKeepOrDrop(parsing, path, isTruthy(value));
  } else if (value instanceof Document) parseObject(parsing, path, value);
  else parseComputed(parsing, path, value);
}

function parseKeepOrDrop(parsing: Parsing, path: string, keep: boolean): void {
  if (path === '_id') {
    if (parsing.id !== undefined) throw new MongoError(31250, 'Path collision at _id');
    parsing.id = keep;
    return;
  }
  setKind(parsing, path, keep ? 'inclusion' : 'exclusion');
  addPath(parsing.tree, path, 'keep or drop');
}

function setKind(parsing: Parsing, path: string, kind: 'inclusion' | 'exclusion'): void {
  parsing.kind ??= kind;
  if (parsing.kind === kind) return;
  throw kind === 'inclusion'
    ? new MongoError(31253, `Cannot do inclusion on field ${path} in exclusion projection`)
    : new MongoError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
}

function parseObject(parsing: Parsing, path: string, value: Document): void {
  if (value.size === 0)
    throw new MongoError(51270, `An empty sub-projection is not a valid value. Found empty object at path ${path}`);
  if (parsing.dialect === 'find' && value.size === 1) {
    const slice = value.get('$slice');
    if (slice !== undefined && isFindSlice(slice)) {
      parseSlice(parsing, path, slice);
      return;
    }
    const condition = value.get('$elemMatch');
    if (condition !== undefined) {
      parseElementMatch(parsing, path, condition);
      return;
    }
  }
  if (value.has('$meta')) throw new MongoError(2, '$meta is not supported by the embedded server');
  if (startsWithOperator(value)) parseComputed(parsing, path, value);
  else parseFields(parsing, `${path}.`, value);
}

function parseComputed(parsing: Parsing, path: string, value: Value): void {
  const evaluate = compileExpression(value, parsing.context);
  parsing.kind ??= 'inclusion';
  if (parsing.kind === 'exclusion')
    throw new MongoError(31252, `Cannot use expression other than $meta in exclusion projection: ${path}`);
  addPath(parsing.tree, path, evaluate);
}

/** A slice alone keeps all other fields; beside kept fields it keeps its own too. */
function parseSlice(parsing: Parsing, path: string, value: Value): void {
  const parts = parseFieldPath(path);
  const slice = parseFindSlice(value);
  parsing.afterwards.push((projected) => sliceAt(projected, parts, 0, slice));
  parsing.sliced.push(path);
}

function parseElementMatch(parsing: Parsing, path: string, condition: Value): void {
  if (path.includes('.')) throw new MongoError(31275, `Cannot use $elemMatch projection on a nested field: ${path}`);
  setKind(parsing, path, 'inclusion');
  addPath(parsing.tree, path, () => undefined);
  parsing.afterwards.push(elementMatchProjection(path, condition, parsing.context));
}

function parsePositional(parsing: Parsing, path: string, keep: boolean): void {
  if (path.includes('.$.')) throw new MongoError(31394, `Positional projection may only be used at the end: ${path}`);
  if (!keep) throw new MongoError(31395, `positional projection cannot be used with exclusion: ${path}`);
  if (parsing.positional !== undefined)
    throw new MongoError(31276, 'Cannot specify more than one positional projection per query.');
  const arrayPath = path.slice(0, -2);
  parsing.positional = parseFieldPath(arrayPath);
  parseKeepOrDrop(parsing, arrayPath, true);
}

function finish(parsing: Parsing): Projection {
  const { tree, id, positional, afterwards } = parsing;
  const kind = parsing.kind ?? (id === true ? 'inclusion' : 'exclusion');
  if (kind === 'inclusion') {
    for (const path of parsing.sliced) addPath(tree, path, 'keep or drop');
    if (id !== false && !tree.has('_id')) tree.set('_id', 'keep or drop');
  } else if (id === false) tree.set('_id', 'keep or drop');
  const computes = hasComputed(tree);
  const base = (document: Document): Document => {
    if (kind === 'exclusion') return exclude(document, tree);
    const kept = include(document, tree);
    return computes ? compute(kept, tree, document) : kept;
  };
  const isPlain = kind === 'inclusion' && !computes && afterwards.length === 0 && positional === undefined;
  const names = [...tree].map(([name, child]) => (child === 'keep or drop' ? name : undefined));
  return {
    kind,
    plainNames: isPlain && !names.includes(undefined) ? names.filter((name) => name !== undefined) : undefined,
    needsPosition: positional !== undefined,
    project: (document, position) => {
      const narrowed = positional === undefined ? document : keepPosition(document, positional, position);
      return afterwards.reduce((projected, step) => step(projected, document), base(narrowed));
    },
  };
}
