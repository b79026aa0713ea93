import { hash } from 'node:crypto';
import type { KeptKey, KeyNode } from '#event-sourcing';

// Event keys are the leaves of a tree of hashes under the subject's root: one hexadecimal digit of SHA-256(event id)
// for each level. Who has a node has all leaves under it, and nothing above it (ADR 0017).

const arity = 16;
/** 48 bits: of 10,000 events of one contact, two share a leaf with a chance of 2 in 10,000,000. */
const depth = 12;
const nodeBytes = 32;

export const leafPath = (eventId: string): string => hash('sha256', eventId).slice(0, depth);

/** Whether nothing is left from which the event's key could be derived. */
export function isPunctured(kept: KeptKey, eventId: string): boolean {
  const leaf = leafPath(eventId);
  return kept === 'destroyed' || !kept.some(({ path }) => leaf.startsWith(path));
}

/** The key at `path`, from the node above it that is still there; `undefined`: punctured. */
export function keyAt(nodes: ReadonlyMap<string, Uint8Array>, path: string): Uint8Array | undefined {
  const above = nodeAbove(nodes, path);
  const key = above === undefined ? undefined : nodes.get(above);
  return key && descend(key, path.slice(above?.length));
}

/** Path of the node that the leaf still hangs from. */
export function nodeAbove(nodes: ReadonlyMap<string, Uint8Array>, path: string): string | undefined {
  for (let level = 0; level <= path.length; level++) {
    const above = path.slice(0, level);
    if (nodes.has(above)) return above;
  }
  return undefined;
}

/** The nodes without the leaf: in place of each node above it, that one's other children. The same when it is gone already. */
export function without(nodes: readonly KeyNode[], path: string): readonly KeyNode[] {
  const above = nodes.find((node) => path.startsWith(node.path));
  if (!above) return nodes;
  const siblings: KeyNode[] = [];
  let { key } = above;
  for (let level = above.path.length; level < path.length; level++) {
    const taken = digitAt(path, level);
    for (let digit = 0; digit < arity; digit++) {
      if (digit === taken) continue;
      siblings.push({ path: path.slice(0, level) + digit.toString(arity), key: child(key, digit) });
    }
    key = child(key, taken);
  }
  return [...nodes.filter((node) => node !== above), ...siblings];
}

function descend(key: Uint8Array, path: string): Uint8Array {
  input.set(key);
  for (let level = 0; level < path.length; level++) toChild(digitAt(path, level));
  return takeNode();
}

const digitAt = (path: string, level: number): number => Number.parseInt(path.charAt(level), arity);

function child(key: Uint8Array, digit: number): Uint8Array {
  input.set(key);
  toChild(digit);
  return takeNode();
}

/** What is hashed: a node and a digit. Inputs of one length, which no other use of the key shares. */
const input = new Uint8Array(nodeBytes + 1);
const inputText = Buffer.from(input.buffer);

/** Leaves nothing behind: a key that is destroyed must not go on standing here. */
function takeNode(): Uint8Array {
  const node = input.slice(0, nodeBytes);
  input.fill(0);
  return node;
}

/**
 * Puts the child in the place of the node. Twelve of these are made for each event that is sealed or opened: a hash that
 * comes as text and is written into the one buffer takes a fifth of the time of one in a buffer of its own.
 */
function toChild(digit: number): void {
  input[nodeBytes] = digit;
  inputText.write(hash('sha256', input, 'latin1'), 0, 'latin1');
}
