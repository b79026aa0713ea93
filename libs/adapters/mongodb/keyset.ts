import type { Filter } from 'mongodb';
import type { Alternative, Condition, PageRequest, Scalar, Where } from '#event-sourcing';
import type { StoredForm } from './stored-form.js';

type Clause = Filter<StoredForm>;

/** Tombstones have no owners. */
const live: Clause = { _owners: { $exists: true } };

/** The filter for live documents where all conditions hold. */
export function filterOf(where: Where): Clause {
  const conditions = Object.entries(where);
  const compared = Object.fromEntries(
    conditions.flatMap(([path, condition]) => (isEach(condition) ? [] : [[path, comparison(condition)] as const])),
  ) as Clause;
  const elements = conditions.flatMap(([path, condition]) =>
    isEach(condition) ? elementClauses(path, condition) : [],
  );
  if (elements.length > 0) return { $and: [...elements, compared] };
  // Most conditions ask for a value, which a tombstone does not have: then an index alone can answer a count.
  return conditions.some(([, condition]) => asksForValue(condition)) ? compared : { ...compared, ...live };
}

/**
 * The filters of a page: what comes after a document in the order of `sort`, `_id` last, cut into ranges that follow one
 * another in that order. Each is equality and one bound, so that an index holds it as one piece; as alternatives of one
 * filter they would be read from the beginning. Nothing sorts before anything else.
 */
export function pageFilters({ where, sort, after }: Pick<PageRequest, 'where' | 'sort' | 'after'>): readonly Clause[] {
  const filter = filterOf(where);
  if (!after) return [filter];
  const order = Object.entries({ ...sort, _id: sort['_id'] ?? 1 });
  if (after.length !== order.length) throw new TypeError(`a page begins after ${order.length} values`);
  const values = after.map(scalar);
  const ranges = order.map(([path, direction], index): readonly Clause[] => {
    const equal = order.slice(0, index).map(([before], position) => [before, { $eq: values[position] }]);
    const prefix = Object.fromEntries(equal) as Clause;
    return beyond(path, direction, values[index] ?? null).map((clause) => ({
      $and: [filter, { ...prefix, ...clause }],
    }));
  });
  return ranges.reverse().flat();
}

function beyond(path: string, direction: 1 | -1, value: Scalar): readonly Clause[] {
  if (direction === 1) return [{ [path]: value === null ? { $ne: null } : { $gt: value } }];
  if (value === null) return [];
  return [{ [path]: { $lt: value } }, ...(path === '_id' ? [] : [{ [path]: { $eq: null } }])];
}

type Each = Extract<Condition, { readonly each: unknown }>;

const isEach = (condition: Condition): condition is Each =>
  typeof condition === 'object' && condition !== null && 'each' in condition;

/** A clause for each list: an index over an array is scanned for one of them. */
function elementClauses(path: string, { each }: Each): readonly Clause[] {
  return each.map((alternatives) => ({
    [path]: { $in: alternatives.map((one) => (isBeginning(one) ? beginsWith(one.startsWith) : scalar(one))) },
  }));
}

const isBeginning = (one: Alternative): one is { readonly startsWith: string } =>
  typeof one === 'object' && one !== null && typeof one.startsWith === 'string';

/** Not `RegExp.escape`: it writes a first letter as its code, in which no database sees the beginning of an index range. */
const beginsWith = (text: string): RegExp => new RegExp(`^${text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)}`);

function comparison(condition: Exclude<Condition, Each>): object {
  if (condition === null || typeof condition !== 'object') return { $eq: scalar(condition) };
  if ('in' in condition) return { $in: condition.in.map(scalar) };
  const { lt, lte, gt, gte } = condition;
  return {
    ...(lt !== undefined && { $lt: scalar(lt) }),
    ...(lte !== undefined && { $lte: scalar(lte) }),
    ...(gt !== undefined && { $gt: scalar(gt) }),
    ...(gte !== undefined && { $gte: scalar(gte) }),
  };
}

function asksForValue(condition: Condition): boolean {
  if (condition === null || typeof condition !== 'object') return condition !== null;
  if ('each' in condition) return true;
  if ('in' in condition) return !condition.in.includes(null);
  return Object.values(condition).some((bound) => bound !== null);
}

/** An object in a filter would be read as operators: whoever could send one could ask for anything. */
function scalar(value: unknown): Scalar {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as Scalar;
  throw new TypeError('a condition holds text, a number, a truth value or null');
}
