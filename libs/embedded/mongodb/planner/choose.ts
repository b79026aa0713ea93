import type { Collation } from '../collation/index.js';
import type { MatchExpression } from '../matching/expression.js';
import type { ScannableIndex } from '../indexes/secondary-index.js';
import type { Collection } from '../storage/collection.js';
import { BsonSymbol, Document, equal, Regex } from '../values/index.js';
import { coversResults } from './implied.js';
import { indexBounds } from './index-bounds.js';
import type { IndexBounds } from './index-bounds.js';
import { indexOrder } from './index-order.js';
import type { IndexOrder, SortField } from './index-order.js';
import type { Access, IndexScan, Plan } from './plan.js';
import { requirements } from './requirements.js';
import type { Requirement, Requirements } from './requirements.js';

/** What a query asks of the planner besides its filter. */
export interface PlanRequest {
  readonly filter: MatchExpression;
  /** undefined when the order does not matter, or cannot come from an index (it has `$meta`, or a collation). */
  readonly sort: readonly SortField[] | undefined;
  /** Only the first so many results matter; undefined for all. */
  readonly limit: number | undefined;
  readonly hint: Hint | undefined;
  /** How strings compare; indexes serve texts of their own collation only. */
  readonly collation: Collation | undefined;
}

/** What the client demands to be scanned. */
export type Hint = ScannableIndex | { readonly natural: 1 | -1 };

/** A merge of more scans than this would cost more than sorting. */
const MAX_MERGED = 200;
/** Ranges are counted up to here to compare indexes; what is larger is large. */
const COUNT_LIMIT = 1000;
/** Conditions on one array are compared more closely: the one that a scan goes by decides how much of it is in vain. */
const RIVALS_COUNT_LIMIT = 10_000;
/** More conditions on one array than this are not compared. */
const MAX_RIVALS = 16;

interface Candidate {
  readonly index: ScannableIndex;
  readonly bounds: IndexBounds;
  readonly order: IndexOrder | undefined;
  readonly known: Requirements;
  /** The bounds by other conditions on the same array. */
  readonly others: readonly IndexBounds[];
}

/** How to answer a query: by `_id`, by the index that examines the least, by a union of such, or by reading everything. */
export function choosePlan(collection: Collection, request: PlanRequest): Plan {
  const { filter, hint } = request;
  const known = requirements(filter);
  const plan = (access: Access, sorted = request.sort === undefined, decidedByKeys = false): Plan => ({
    access,
    filter,
    sorted,
    decidedByKeys,
    wanted: sorted ? (request.limit ?? Infinity) : Infinity,
  });
  if (hint !== undefined && 'natural' in hint) return plan({ kind: 'collection', direction: hint.natural });
  const id = hint === undefined ? idOf(request.collation === undefined ? known : withoutTexts(known)) : undefined;
  if (id !== undefined) return plan({ kind: 'id', id }, true, known.complete && known.all.length === 1);
  const candidates = usableIndexes(collection, request)
    .map((index) => bestByArray(index, request))
    .filter((found) => found !== undefined);
  const best = hint === undefined ? leastWork(candidates, request) : candidates[0];
  if (best !== undefined) return plan(scan(best), sorts(best, request), keysDecide(best));
  const union = hint === undefined ? unionOf(collection, known, request) : undefined;
  return plan(union ?? { kind: 'collection', direction: 1 });
}

function usableIndexes(collection: Collection, { hint }: PlanRequest): readonly ScannableIndex[] {
  if (hint !== undefined && !('natural' in hint)) return [hint];
  const all: readonly ScannableIndex[] = [collection.idIndex, ...collection.indexes];
  return all.filter(({ spec }) => !spec.hidden);
}

/** The value of `_id`, when equality with it is all that need be looked up. */
function idOf(known: Requirements): Requirement['condition']['operand'] | undefined {
  const found = known.all.find(({ path, condition }) => path === '_id' && condition.operator === '$eq');
  return found?.condition.operand instanceof Array ? undefined : found?.condition.operand;
}

/** What an index can be asked: texts only by its own collation. */
function askable({ labels, spec }: ScannableIndex, { filter, collation }: PlanRequest): Requirements {
  const known = requirements(filter, labels?.locate);
  return equal(spec.collation, collation?.specification) ? known : withoutTexts(known);
}

const withoutTexts = (known: Requirements): Requirements => ({
  ...known,
  all: known.all.filter(({ condition }) => !holdsText(condition.operand)),
  complete: false,
});

function holdsText(value: Requirement['condition']['operand']): boolean {
  if (Array.isArray(value)) return value.some(holdsText);
  return (
    typeof value === 'string' || value instanceof Document || value instanceof BsonSymbol || value instanceof Regex
  );
}

/**
 * Of several conditions on an array an index can go by one. All of them hold for every result, so the rarest is gone by,
 * and the others say where else in the index the result stands.
 */
function bestByArray(index: ScannableIndex, request: PlanRequest): Candidate | undefined {
  const known = askable(index, request);
  const narrowest = candidate(index, request, known);
  const rivals = narrowest === undefined ? [] : rivalsIn(narrowest);
  if (narrowest === undefined || rivals.length === 0) return narrowest;
  const byRivals = rivals
    .map((rival) => candidate(index, request, known, rival))
    .filter((found) => found !== undefined);
  let best = { candidate: narrowest, work: Infinity };
  for (const each of [narrowest, ...byRivals]) {
    const work = estimate(each, request, RIVALS_COUNT_LIMIT);
    if (work < best.work) best = { candidate: each, work };
  }
  const others = [narrowest, ...byRivals].filter((each) => each !== best.candidate).map(({ bounds }) => bounds);
  return { ...best.candidate, others };
}

/** Conditions on the array that the scan goes by, but for the one that it goes by. */
function rivalsIn({ index, bounds, known }: Candidate): readonly Requirement[] {
  const arrays = index.spec.key.filter((_, at) => (index.multikey & (1 << at)) !== 0).map(({ path }) => path);
  const goneBy = [...bounds.met].find(({ path }) => arrays.includes(path));
  return known.all
    .filter(({ path, element, keys }) => path === goneBy?.path && element === undefined && keys !== undefined)
    .filter((requirement) => requirement !== goneBy)
    .slice(0, MAX_RIVALS);
}

function candidate(
  index: ScannableIndex,
  request: PlanRequest,
  known: Requirements,
  preferred?: Requirement,
): Candidate | undefined {
  const hinted = request.hint !== undefined;
  const isOwn = equal(index.spec.collation, request.collation?.specification);
  // Whether a document is in a partial index is told by bytes.
  if (!hinted && index.partialFilter !== undefined && (index.labels !== undefined || !isOwn)) return undefined;
  if (!hinted && !coversResults(index.spec, index.partialFilter, known.all)) return undefined;
  const bounds = indexBounds(index.spec, index.multikey, known.all, preferred);
  const order = isOwn ? request.sort && indexOrder(index.spec, index.multikey, bounds, request.sort) : undefined;
  const useful = bounds.met.size > 0 || order !== undefined;
  return useful || hinted ? { index, bounds, order, known, others: [] } : undefined;
}

const sorts = ({ order, bounds }: Candidate, { sort }: PlanRequest): boolean =>
  sort === undefined || (order !== undefined && (!order.merge || bounds.ranges.length <= MAX_MERGED));

const scan = ({ index, bounds, order, others }: Candidate): IndexScan => ({
  kind: 'index',
  index,
  bounds,
  direction: order?.direction ?? 1,
  merge: order?.merge === true && bounds.ranges.length <= MAX_MERGED,
  others,
});

/** Keys alone decide when they say all that the filter says, and no array puts a document there twice. */
function keysDecide({ index, bounds, known }: Candidate): boolean {
  return (
    index.multikey === 0 &&
    known.complete &&
    known.all.every((requirement) => bounds.met.has(requirement) && requirement.keys?.exact === true)
  );
}

function leastWork(candidates: readonly Candidate[], request: PlanRequest): Candidate | undefined {
  const [only] = candidates;
  if (candidates.length === 1 && only !== undefined && (only.bounds.met.size > 0 || sorts(only, request))) return only;
  let best: { candidate: Candidate; work: number } | undefined;
  for (const candidate of candidates) {
    if (candidates.some((other) => outdoes(other, candidate, request))) continue;
    const work = estimate(candidate, request, COUNT_LIMIT);
    if (best === undefined || work < best.work) best = { candidate, work };
  }
  return best?.candidate;
}

/** Begins with the same conditions, and is in the order asked for: no range need be counted to know the better one. */
function outdoes(one: Candidate, other: Candidate, request: PlanRequest): boolean {
  if (sorts(other, request) || !sorts(one, request) || other.index.partialFilter !== undefined) return false;
  const [met, others] = [[...one.bounds.met], [...other.bounds.met]];
  return (
    met.length === others.length &&
    others.every((_, at) => one.index.spec.key[at]?.path === other.index.spec.key[at]?.path) &&
    others.every(({ condition }) => met.some((each) => each.condition === condition))
  );
}

/**
 * Documents to be fetched. A scan in the order asked for may stop at the limit, one that is sorted afterwards may not; how
 * many of its documents the rest of the filter drops is unknown, so the range counts as well, only less.
 */
function estimate(candidate: Candidate, request: PlanRequest, countLimit: number): number {
  const keys = rangeSize(candidate, countLimit);
  if (request.sort === undefined || !sorts(candidate, request)) return keys + (request.sort === undefined ? 0 : keys);
  const stopsAfter = candidate.bounds.met.size === 0 ? keys : Math.min(keys, (request.limit ?? keys) * 2);
  return stopsAfter + keys / 100;
}

function rangeSize({ index, bounds }: Candidate, countLimit: number): number {
  let size = 0;
  for (const { low, high } of bounds.ranges) {
    size += index.table.count(low, high, countLimit - size);
    if (size >= countLimit) return bounds.fixed === 0 ? countLimit * 2 : countLimit;
  }
  return size;
}

/** The branches of a disjunction, when an index narrows down each of them. */
function unionOf(collection: Collection, known: Requirements, request: PlanRequest): Access | undefined {
  for (const alternative of known.alternatives) {
    const branches = alternative.map((branch) => {
      const both: MatchExpression = { kind: 'and', children: [branch, request.filter] };
      return branchScans(collection, { ...request, filter: withoutAlternatives(both, alternative), sort: undefined });
    });
    if (branches.every((branch) => branch !== undefined)) return { kind: 'union', branches: branches.flat() };
  }
  return undefined;
}

function branchScans(collection: Collection, request: PlanRequest): readonly IndexScan[] | undefined {
  const { access } = choosePlan(collection, request);
  if (access.kind === 'union') return access.branches;
  if (access.kind === 'index') return access.bounds.met.size > 0 ? [access] : undefined;
  const byId =
    access.kind === 'id' ? candidate(collection.idIndex, request, askable(collection.idIndex, request)) : undefined;
  return byId === undefined ? undefined : [scan(byId)];
}

/** The filter with the disjunction taken out whose branches are planned one by one; else its planning would never end. */
function withoutAlternatives(expression: MatchExpression, alternative: readonly MatchExpression[]): MatchExpression {
  if (expression.kind === 'or' && expression.children === alternative) return { kind: 'and', children: [] };
  if (expression.kind !== 'and') return expression;
  return { kind: 'and', children: expression.children.map((child) => withoutAlternatives(child, alternative)) };
}
