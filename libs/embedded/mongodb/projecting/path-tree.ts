import { parseFieldPath } from '../paths/index.js';
import { Document, MongoError } from '../values/index.js';
import type { Value } from '../values/index.js';

/** Computes a field from the whole document; undefined leaves it out. */
export type Evaluate = (document: Document) => Value | undefined;

/** The end of a projected path: `'keep or drop'` by the kind of projection, or a computed value. */
export type Leaf = 'keep or drop' | Evaluate;

/** Projected paths as a tree of names, in the order they were given. */
export type PathTree = Map<string, PathTree | Leaf>;

/** Puts a leaf at a dotted path. Throws 31250 where a path is given twice or within another, 31249 for one above others. */
export function addPath(tree: PathTree, path: string, leaf: Leaf): void {
  const parts = parseFieldPath(path);
  let node = tree;
  for (const [index, part] of parts.entries()) {
    const child = node.get(part);
    if (index === parts.length - 1) {
      if (child !== undefined) throw new MongoError(31250, `Path collision at ${path}`);
      node.set(part, leaf);
    } else if (child === undefined) {
      const made: PathTree = new Map();
      node.set(part, made);
      node = made;
    } else if (child instanceof Map) node = child;
    else throw new MongoError(31249, `Path collision at ${path} remaining portion ${parts.slice(index + 1).join('.')}`);
  }
}

/** Only the paths of the tree; a path through something that is neither document nor array drops it. */
export function include(document: Document, tree: PathTree): Document {
  const kept = new Document();
  for (const [name, value] of document) {
    const child = tree.get(name);
    if (child === 'keep or drop') kept.set(name, value);
    else if (child instanceof Map) {
      const inner = includeValue(value, child);
      if (inner !== undefined) kept.set(name, inner);
    }
  }
  return kept;
}

function includeValue(value: Value, tree: PathTree): Value | undefined {
  if (value instanceof Document) return include(value, tree);
  if (!Array.isArray(value)) return undefined;
  return value.map((element) => includeValue(element, tree)).filter((element) => element !== undefined);
}

/** Everything but the paths of the tree. */
export function exclude(document: Document, tree: PathTree): Document {
  const kept = new Document();
  for (const [name, value] of document) {
    const child = tree.get(name);
    if (child === undefined) kept.set(name, value);
    else if (child instanceof Map) kept.set(name, excludeValue(value, child));
  }
  return kept;
}

function excludeValue(value: Value, tree: PathTree): Value {
  if (value instanceof Document) return exclude(value, tree);
  return Array.isArray(value) ? value.map((element) => excludeValue(element, tree)) : value;
}

/**
 * `target` with the computed fields of the tree set, each at its place if it is there; every document of an array on the
 * way gets them, and what is neither document nor array becomes a document. `root` is what the expressions look at.
 */
export function compute(target: Document, tree: PathTree, root: Document): Document {
  const result = target.clone();
  for (const [name, child] of tree) {
    if (child === 'keep or drop') continue;
    const value = child instanceof Map ? computeValue(result.get(name), child, root) : child(root);
    if (value !== undefined) result.set(name, value);
    else if (!(child instanceof Map)) result.delete(name);
  }
  return result;
}

function computeValue(value: Value | undefined, tree: PathTree, root: Document): Value | undefined {
  if (!hasComputed(tree)) return value;
  if (Array.isArray(value)) return value.map((element) => computeValue(element, tree, root) ?? element);
  return compute(value instanceof Document ? value : new Document(), tree, root);
}

/** Whether any field of a tree is computed. */
export const hasComputed = (tree: PathTree): boolean =>
  [...tree.values()].some((child) => (child instanceof Map ? hasComputed(child) : child !== 'keep or drop'));
