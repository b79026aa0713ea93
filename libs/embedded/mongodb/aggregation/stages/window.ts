import type { SortField } from '../../sorting/index.js';
import { compare, Document, exactInteger, isNumeric, MongoError, toDouble } from '../../values/index.js';
import type { Numeric, Value } from '../../values/index.js';
import { add } from '../../arithmetic/index.js';
import type { Partition } from './partition.js';

/** The first and the last position of the window of a document. */
export type Window = (partition: Partition, index: number) => readonly [number, number];

const wholePartition: Window = ({ documents }) => [0, documents.length - 1];

/** The end of a window: a number of documents (or an amount of the sort key), or a word. */
type Bound = Numeric | 'current' | 'unbounded';

/**
 * `window: { documents | range: [from, to] }`; without one the whole partition. Throws 9 for bad bounds, 5339902 where a
 * range has no single sort key upwards; units of time are refused by name.
 */
export function parseWindow(specification: Value | undefined, sort: readonly SortField[]): Window {
  if (specification === undefined) return wholePartition;
  if (!(specification instanceof Document)) throw new MongoError(9, "'window' field must be an object");
  if (specification.has('unit')) throw new MongoError(9, "'unit' in a window is not supported by the embedded server");
  const [documents, range] = [specification.get('documents'), specification.get('range')];
  if (documents !== undefined && range !== undefined)
    throw new MongoError(9, "Window bounds can specify either 'documents' or 'range', not both.");
  if (documents !== undefined) {
    if (sort.length === 0) throw new MongoError(5339901, 'Document-based bounds require a sortBy');
    const [from, to] = bounds(documents, wholeNumber);
    return (partition, index) => [
      position(from, index, 0),
      Math.min(partition.documents.length - 1, position(to, index, partition.documents.length - 1)),
    ];
  }
  if (range === undefined) return wholePartition;
  const [field, other] = sort;
  if (field === undefined || other !== undefined || field.direction === -1)
    throw new MongoError(5339902, 'Range-based bounds require sortBy a single field, ascending');
  const [from, to] = bounds(range, isNumeric);
  return (partition, index) => rangeAround(partition, index, from, to);
}

const wholeNumber = (value: Value): value is Numeric => isNumeric(value) && exactInteger(value) !== undefined;

function bounds(value: Value, isAmount: (value: Value) => value is Numeric): readonly [Bound, Bound] {
  const [from, to] = Array.isArray(value) && value.length === 2 ? value : [];
  if (from === undefined || to === undefined) throw new MongoError(9, 'Window bounds must be a 2-element array');
  const bound = (each: Value): Bound => {
    if (each === 'current' || each === 'unbounded') return each;
    if (!isAmount(each)) throw new MongoError(9, "Window bounds must be 'current', 'unbounded' or a number");
    return each;
  };
  const pair = [bound(from), bound(to)] as const;
  if (typeof pair[0] !== 'string' && typeof pair[1] !== 'string' && compare(pair[0], pair[1]) > 0)
    throw new MongoError(5339900, 'Lower bound must not exceed upper bound');
  return pair;
}

function position(bound: Bound, index: number, unbounded: number): number {
  if (bound === 'unbounded') return unbounded;
  return bound === 'current' ? index : index + toDouble(bound);
}

function rangeAround({ keys }: Partition, index: number, from: Bound, to: Bound): readonly [number, number] {
  const value = keys[index]?.[0];
  if (!isNumeric(value)) throw new MongoError(5429414, 'Invalid range: Expected the sortBy field to be a number');
  const limit = (bound: Bound): Value | undefined =>
    bound === 'unbounded' ? undefined : bound === 'current' ? value : add(value, bound);
  const [low, high] = [limit(from), limit(to)];
  const isInside = (key: Value | undefined): boolean =>
    (low === undefined || compare(key, low) >= 0) && (high === undefined || compare(key, high) <= 0);
  const first = keys.findIndex(([key]) => isInside(key));
  return first < 0 ? [0, -1] : [first, keys.findLastIndex(([key]) => isInside(key))];
}
