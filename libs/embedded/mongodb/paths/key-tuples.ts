import { bsonUndefined, Document } from '../values/index.js';
import type { Value } from '../values/index.js';
import { arrayIndex } from './parts.js';

/** Where the walk along one path stands: `value` is what `parts` up to `at` lead to. */
interface Cursor {
  readonly value: Value | undefined;
  readonly parts: readonly string[];
  readonly at: number;
}

/** The tuples of a compound key; bit i of `multikey` is set if an array was spread on path i. */
export interface KeyTuples {
  readonly tuples: readonly (Value | undefined)[][];
  readonly multikey: number;
}

/**
 * The tuples of values a document has under a compound key (of an index or a sort). An array that several paths pass is
 * spread once, so that the values of one element stay together; an empty one counts as undefined at the end of a path, as
 * missing before it. Two different arrays cannot be spread: `parallel` makes the error.
 */
export function keyTuples(
  document: Document,
  paths: readonly (readonly string[])[],
  parallel: (first: string, second: string) => Error,
): KeyTuples {
  return (
    plainTuples(document, paths) ??
    spread(
      paths.map((parts) => ({ value: document, parts, at: 0 })),
      parallel,
    )
  );
}

/** Of a document that has an array at the end of one path at most, and none on the way, as almost all are. */
function plainTuples(document: Document, paths: readonly (readonly string[])[]): KeyTuples | undefined {
  const tuple: (Value | undefined)[] = [];
  let spreading: { readonly path: number; readonly elements: readonly Value[] } | undefined;
  for (const [path, parts] of paths.entries()) {
    let value: Value | undefined = document;
    for (const part of parts) {
      if (Array.isArray(value)) return undefined;
      value = value instanceof Document ? value.get(part) : undefined;
    }
    tuple.push(value);
    if (!Array.isArray(value)) continue;
    if (spreading !== undefined) return undefined;
    spreading = { path, elements: value };
  }
  if (spreading === undefined) return { tuples: [tuple], multikey: 0 };
  const { path, elements } = spreading;
  const values = elements.length > 0 ? elements : [bsonUndefined];
  return { tuples: values.map((element) => tuple.with(path, element)), multikey: 1 << path };
}

function spread(cursors: readonly Cursor[], parallel: (first: string, second: string) => Error): KeyTuples {
  const advanced = cursors.map((cursor) => advance(cursor));
  const spreading = advanced.filter(({ parts, at, value }) => Array.isArray(value) && at <= parts.length);
  const first = spreading[0];
  if (first === undefined) return { tuples: [advanced.map((cursor) => cursor.value)], multikey: 0 };
  const other = spreading.find(({ value }) => value !== first.value);
  if (other !== undefined) throw parallel(first.parts.join('.'), other.parts.join('.'));
  const elements = Array.isArray(first.value) && first.value.length > 0 ? first.value : [bsonUndefined];
  const tuples: (Value | undefined)[][] = [];
  let multikey = 0;
  advanced.forEach((cursor, path) => {
    if (spreading.includes(cursor)) multikey |= 1 << path;
  });
  for (const element of elements) {
    const inElement = advanced.map((cursor) => (spreading.includes(cursor) ? enter(cursor, element) : cursor));
    const inner = spread(inElement, parallel);
    tuples.push(...inner.tuples);
    multikey |= inner.multikey;
  }
  return { tuples, multikey };
}

/** Marks a cursor whose value is final, so that an array inside a spread array is a value and not spread again. */
const finished = Number.MAX_SAFE_INTEGER;

function advance({ value: start, parts, at: from }: Cursor): Cursor {
  let value = start;
  let at = from;
  while (at < parts.length) {
    const part = parts[at] ?? '';
    if (value instanceof Document) value = value.get(part);
    else if (Array.isArray(value)) {
      const index = arrayIndex(part);
      if (index === undefined || index >= value.length) break;
      value = value[index];
    } else return { value: undefined, parts, at: finished };
    at += 1;
  }
  return { value, parts, at };
}

function enter({ parts, at }: Cursor, element: Value): Cursor {
  if (at >= parts.length) return { value: element, parts, at: finished };
  return element instanceof Document ? { value: element, parts, at } : { value: undefined, parts, at: finished };
}
