import { arrayIndex } from '../paths/index.js';
import { Document, MongoError, typeName } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { ArrayFilters } from './array-filters.js';
import type { UpdateState, WhenMissing } from './modifier.js';
import { mergeNodes } from './update-tree.js';
import type { ElementsNode, FieldsNode, UpdateNode } from './update-tree.js';

/** Beyond this many missing elements an array is not filled up with nulls. */
const maxBackfill = 1_500_000;

/** An update tree ready to run on one document after another. */
export interface TreeRun {
  readonly filters: ArrayFilters;
  readonly state: UpdateState;
}

/** The document after the modifiers of a tree; the same object if none changed anything. */
export function applyFields(document: Document, node: FieldsNode, run: TreeRun, path = ''): Document {
  let result: Document | undefined;
  for (const [name, child] of childrenAt(node, run, path)) {
    const current = document.get(name);
    const changed = applyNode(current, child, run, join(path, name));
    if (changed === current) continue;
    result ??= document.clone();
    if (changed === undefined) result.delete(name);
    else result.set(name, changed);
  }
  return result ?? document;
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

/** The children by name, the one behind `$` under the position it stands for. Throws 2 if there is none. */
function childrenAt(node: FieldsNode, run: TreeRun, path: string): Iterable<readonly [string, UpdateNode]> {
  if (node.positional === undefined) return node.children;
  if (run.state.position === undefined)
    throw new MongoError(2, `The positional operator did not find the match needed from the query at '${path}.$'`);
  const name = String(run.state.position);
  const fixed = node.children.get(name);
  const child = fixed === undefined ? node.positional : mergeNodes(fixed, node.positional, join(path, name));
  return [...[...node.children].filter(([other]) => other !== name), [name, child]];
}

function applyNode(current: Value | undefined, node: UpdateNode, run: TreeRun, path: string): Value | undefined {
  switch (node.kind) {
    case 'modifier':
      return current === undefined && whenMissing(node, run.state) !== 'make'
        ? undefined
        : node.modifier.modify(current, run.state, path);
    case 'elements':
      return applyElements(current, node, run, path);
    case 'fields':
      if (current instanceof Document) return applyFields(current, node, run, path);
      if (Array.isArray(current)) return applyPositions(current, node, run, path);
      return applyBelow(current, node, run, path);
  }
}

/** A path that goes on where nothing is, or a scalar: made if a modifier makes paths, else left. Throws 28 for a scalar. */
function applyBelow(current: Value | undefined, node: FieldsNode, run: TreeRun, path: string): Value | undefined {
  const wanted = whenMissing(node, run.state);
  if (current !== undefined && wanted !== 'skip') {
    const [name = '$'] = node.children.keys();
    throw new MongoError(28, `Cannot create field '${name}' in element {${path}: ${typeName(current)}}`);
  }
  return wanted === 'make' ? applyFields(new Document(), node, run, path) : current;
}

/** What a node does where its path is missing: the most demanding of what its modifiers do. */
function whenMissing(node: UpdateNode, state: UpdateState): WhenMissing {
  if (node.kind === 'modifier')
    return typeof node.modifier.missing === 'function' ? node.modifier.missing(state) : node.modifier.missing;
  if (node.kind === 'elements' || node.positional !== undefined) return 'make';
  const children = [...node.children.values()].map((child) => whenMissing(child, state));
  if (children.includes('make')) return 'make';
  return children.includes('skip unless blocked') ? 'skip unless blocked' : 'skip';
}

/** Names of a path inside an array are positions. Throws 28 for others, 34 for one too far behind the end. */
function applyPositions(elements: Value[], node: FieldsNode, run: TreeRun, path: string): Value[] {
  let result: Value[] | undefined;
  for (const [name, child] of childrenAt(node, run, path)) {
    const index = arrayIndex(name);
    if (index === undefined) {
      if (whenMissing(child, run.state) === 'skip') continue;
      throw new MongoError(28, `Cannot create field '${name}' in element {${path}: array}`);
    }
    const current = (result ?? elements)[index];
    const changed = applyNode(current, child, run, join(path, name));
    if (changed === current) continue;
    result ??= [...elements];
    setElement(result, index, changed ?? null, path);
  }
  return result ?? elements;
}

function setElement(elements: Value[], index: number, value: Value, path: string): void {
  if (index - elements.length > maxBackfill)
    throw new MongoError(34, `Index ${index} is too far behind the end of the array '${path}' to fill the gap`);
  while (elements.length < index) elements.push(null);
  elements[index] = value;
}

function applyElements(current: Value | undefined, node: ElementsNode, run: TreeRun, path: string): Value {
  if (current === undefined)
    throw new MongoError(2, `The path '${path}' must exist in the document in order to apply array updates.`);
  if (!Array.isArray(current))
    throw new MongoError(2, `Cannot apply array updates to non-array element ${path}: ${typeName(current)}`);
  const result = current.map((element, index) => {
    const at = `${path}.${index}`;
    const children = [...node.children]
      .filter(([identifier]) => identifier === '' || run.filters.get(identifier)?.(element) === true)
      .map(([, child]) => child);
    if (children.length === 0) return element;
    const child = children.reduce((merged, other) => mergeNodes(merged, other, at));
    const changed = applyNode(element, child, run, at);
    return changed ?? null;
  });
  return result.some((element, index) => element !== current[index]) ? result : current;
}
