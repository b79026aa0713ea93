import { splitPath } from '../paths/index.js';
import { compareUtf8, MongoError } from '../values/index.js';
import type { ArrayFilters } from './array-filters.js';
import type { Modifier, PathModifier } from './modifier.js';

/** The update paths that go through one field of a document. */
export interface FieldsNode {
  readonly kind: 'fields';
  readonly children: Map<string, UpdateNode>;
  /** What goes on behind `$`, whose position is only known for the document at hand. */
  positional: UpdateNode | undefined;
}

/** The update paths that go on in elements of an array: all of them (`''`), or those of an array filter. */
export interface ElementsNode {
  readonly kind: 'elements';
  readonly children: Map<string, UpdateNode>;
}

export interface ModifierNode {
  readonly kind: 'modifier';
  readonly modifier: Modifier;
}

export type UpdateNode = FieldsNode | ElementsNode | ModifierNode;

export const fieldsNode = (): FieldsNode => ({ kind: 'fields', children: new Map(), positional: undefined });

/**
 * Puts the modifiers of an update into one tree, in the order new fields are made. Throws 40 where two paths are the same
 * or one within the other, 56 for empty names, 52 for names with a `$`, 2 for a misplaced `$` and for an identifier
 * without an array filter.
 */
export function buildTree(modifiers: readonly PathModifier[], filters: ArrayFilters): FieldsNode {
  const used = new Set<string>();
  const root = fieldsNode();
  for (const { path, modifier } of modifiers) insert(root, path, { kind: 'modifier', modifier }, filters, used);
  for (const identifier of filters.keys())
    if (!used.has(identifier))
      throw new MongoError(9, `The array filter for identifier '${identifier}' was not used in the update`);
  sortChildren(root);
  return root;
}

function insert(root: FieldsNode, path: string, leaf: ModifierNode, filters: ArrayFilters, used: Set<string>): void {
  const parts = splitPath(path);
  checkParts(path, parts);
  let node: FieldsNode | ElementsNode = root;
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    const identifier = identifierOf(part);
    if (identifier !== undefined && identifier !== '') {
      if (!filters.has(identifier))
        throw new MongoError(2, `No array filter found for identifier '${identifier}' in path '${path}'`);
      used.add(identifier);
    }
    const child: UpdateNode | undefined = childOf(node, part);
    if (next === undefined) {
      if (child !== undefined) throw conflict(path, path);
      setChild(node, part, leaf);
      return;
    }
    const wanted: 'elements' | 'fields' = identifierOf(next) === undefined ? 'fields' : 'elements';
    if (child !== undefined && child.kind !== wanted) throw conflict(path, parts.slice(0, index + 1).join('.'));
    const made: FieldsNode | ElementsNode =
      child ?? (wanted === 'fields' ? fieldsNode() : { kind: 'elements', children: new Map() });
    setChild(node, part, made);
    node = made;
  }
}

/** `''` for `$[]`, the identifier for `$[id]`. */
function identifierOf(part: string): string | undefined {
  return part.startsWith('$[') && part.endsWith(']') ? part.slice(2, -1) : undefined;
}

function checkParts(path: string, parts: readonly string[]): void {
  if (parts.includes(''))
    throw new MongoError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
  if (parts[0] === '$' || identifierOf(parts[0] ?? '') !== undefined)
    throw new MongoError(
      2,
      `Cannot have array filter identifier or positional operator in the first position in path '${path}'`,
    );
  if (parts.filter((part) => part === '$').length > 1)
    throw new MongoError(2, `Too many positional (i.e. '$') elements found in path '${path}'`);
  for (const part of parts)
    if (part.startsWith('$') && part !== '$' && identifierOf(part) === undefined)
      throw new MongoError(52, `The dollar ($) prefixed field '${part}' in '${path}' is not valid for storage.`);
}

const conflict = (path: string, at: string): MongoError =>
  new MongoError(40, `Updating the path '${path}' would create a conflict at '${at}'`);

function childOf(node: FieldsNode | ElementsNode, part: string): UpdateNode | undefined {
  if (node.kind === 'elements') return node.children.get(identifierOf(part) ?? '');
  return part === '$' ? node.positional : node.children.get(part);
}

function setChild(node: FieldsNode | ElementsNode, part: string, child: UpdateNode): void {
  if (node.kind === 'elements') node.children.set(identifierOf(part) ?? '', child);
  else if (part === '$') node.positional = child;
  else node.children.set(part, child);
}

/** One node that does what both do. Throws 40 where they meet in a path. */
export function mergeNodes(a: UpdateNode, b: UpdateNode, path: string): UpdateNode {
  if (a.kind === 'modifier' || b.kind === 'modifier' || a.kind !== b.kind) throw conflict(path, path);
  const children = new Map(a.children);
  for (const [name, child] of b.children) {
    const other = children.get(name);
    children.set(name, other === undefined ? child : mergeNodes(other, child, `${path}.${name}`));
  }
  if (a.kind === 'elements') return { kind: 'elements', children };
  const other = b.kind === 'fields' ? b.positional : undefined;
  const positional =
    a.positional !== undefined && other !== undefined
      ? mergeNodes(a.positional, other, `${path}.$`)
      : (a.positional ?? other);
  const merged: FieldsNode = { kind: 'fields', children, positional };
  sortChildren(merged);
  return merged;
}

function sortChildren(node: UpdateNode): void {
  if (node.kind === 'modifier') return;
  const entries = [...node.children].sort(([a], [b]) => compareNames(a, b));
  node.children.clear();
  for (const [name, child] of entries) {
    node.children.set(name, child);
    sortChildren(child);
  }
  if (node.kind === 'fields' && node.positional !== undefined) sortChildren(node.positional);
}

/** Names that start with a digit by their number, others by their bytes. */
function compareNames(a: string, b: string): number {
  const left = /^\d+/.exec(a)?.[0];
  const right = /^\d+/.exec(b)?.[0];
  if (left !== undefined && right !== undefined && BigInt(left) !== BigInt(right))
    return BigInt(left) < BigInt(right) ? -1 : 1;
  return compareUtf8(a, b);
}
