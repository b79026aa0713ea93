import type { SortField } from '../../sorting/index.js';
import { addUnits, units, utc } from '../../dates/index.js';
import type { Unit } from '../../dates/index.js';
import { compare, DateTime, Document, exactInteger, isNumeric, MongoError, toDouble } from '../../values/index.js';
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
 * range has no single sort key upwards; `unit` is for ranges over dates.
 */
export function parseWindow(specification: Value | undefined, sort: readonly SortField[]): Window {
  if (specification === undefined) return wholePartition;
  if (!(specification instanceof Document)) throw new MongoError(9, "'window' field must be an object");
  const unit = unitOf(specification.get('unit'));
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
  return (partition, index) => rangeAround(partition, index, from, to, unit);
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

/** Throws 9 unless it is a unit of time. */
function unitOf(value: Value | undefined): Unit | undefined {
  if (value === undefined) return undefined;
  const unit = units.find((each) => each === value);
  if (unit === undefined) throw new MongoError(9, "'unit' in a window must be a unit of time");
  return unit;
}

/** How a range goes on from a sort key. Throws 5429414 where a number was expected, 5429513 where a date was. */
function mover(value: Value | undefined, unit: Unit | undefined): (amount: Numeric) => Value {
  if (unit === undefined && isNumeric(value)) return (amount) => add(value, amount);
  if (unit === undefined) throw new MongoError(5429414, 'Invalid range: Expected the sortBy field to be a number');
  if (!(value instanceof DateTime))
    throw new MongoError(5429513, 'Invalid range: Expected the sortBy field to be a Date');
  return (amount) => new DateTime(BigInt(addUnits(Number(value.ms), unit, toDouble(amount), utc)));
}

function rangeAround(
  { keys }: Partition,
  index: number,
  from: Bound,
  to: Bound,
  unit: Unit | undefined,
): readonly [number, number] {
  const value = keys[index]?.[0];
  const moved = mover(value, unit);
  const limit = (bound: Bound): Value | undefined =>
    bound === 'unbounded' ? undefined : bound === 'current' ? value : moved(bound);
  const [low, high] = [limit(from), limit(to)];
  const isInside = (key: Value | undefined): boolean =>
    (low === undefined || compare(key, low) >= 0) && (high === undefined || compare(key, high) <= 0);
  const first = keys.findIndex(([key]) => isInside(key));
  return first < 0 ? [0, -1] : [first, keys.findLastIndex(([key]) => isInside(key))];
}
