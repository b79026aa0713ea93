import { parseFieldPath } from '../paths/index.js';
import { keyTuples } from '../paths/index.js';
import { compare, Document, isNumeric, MongoError, toDouble } from '../values/index.js';
import type { CompareStrings, Direction, Value } from '../values/index.js';

/** One key of a sort. */
export interface SortField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly direction: Direction;
}

/** What a document is sorted by: one value for each key of the sort. */
export type SortKey = readonly (Value | undefined)[];

/**
 * Understands a sort. Throws 15975 for a direction that is neither 1 nor -1, 15974 for what is no direction at all, 2 for
 * `$meta`, and the codes of field paths.
 */
export function parseSort(specification: Document): readonly SortField[] {
  return [...specification].map(([path, direction]) => ({
    path,
    parts: parseFieldPath(path),
    direction: parseDirection(path, direction),
  }));
}

function parseDirection(path: string, direction: Value): Direction {
  if (direction instanceof Document) {
    if (direction.has('$meta')) throw new MongoError(2, 'sorting by $meta is not supported by the embedded server');
    throw new MongoError(15974, `Illegal key in $sort specification: ${path}`);
  }
  if (!isNumeric(direction)) throw new MongoError(15974, `Illegal key in $sort specification: ${path}`);
  const number = toDouble(direction);
  if (number !== 1 && number !== -1)
    throw new MongoError(15975, `$sort key ordering must be 1 (for ascending) or -1 (for descending): ${path}`);
  return number;
}

/** The order of two sort keys; missing values count as null. */
export function compareSortKeys(
  fields: readonly SortField[],
  strings?: CompareStrings,
): (a: SortKey, b: SortKey) => number {
  return (a, b) => {
    for (const [index, { direction }] of fields.entries()) {
      const difference = compare(a[index] ?? null, b[index] ?? null, strings);
      if (difference !== 0) return direction * difference;
    }
    return 0;
  };
}

/** What a document is sorted by: where arrays give it several keys, the one that comes first. Throws 2 for parallel arrays. */
export function sortKeyOf(
  document: Document,
  fields: readonly SortField[],
  compareKeys: (a: SortKey, b: SortKey) => number,
): SortKey {
  const paths = fields.map(({ parts }) => parts);
  const { tuples } = keyTuples(
    document,
    paths,
    (first, second) => new MongoError(2, `cannot sort with keys that are parallel arrays: ${first}, ${second}`),
  );
  return tuples.reduce((least, tuple) => (compareKeys(tuple, least) < 0 ? tuple : least));
}

/** The documents in the order of a sort; those that tie keep their order. */
export function sortDocuments(
  documents: Iterable<Document>,
  fields: readonly SortField[],
  strings?: CompareStrings,
): Document[] {
  const compareKeys = compareSortKeys(fields, strings);
  const keyed = Array.from(documents, (document) => ({ document, key: sortKeyOf(document, fields, compareKeys) }));
  return keyed.sort((a, b) => compareKeys(a.key, b.key)).map(({ document }) => document);
}
