import { matches } from '../matching/index.js';
import type { MatchDetails } from '../matching/index.js';
import type { Projection } from '../projecting/index.js';
import type { SortField } from '../sorting/index.js';
import type { Collection } from '../storage/collection.js';
import type { Stored } from '../storage/document-cache.js';
import type { CompareStrings, Document } from '../values/index.js';
import type { Plan } from './plan.js';
import { runPlan } from './run.js';
import type { Examined } from './examined.js';
import { sortResults } from './sort-results.js';

/** What is done with the documents that a plan finds. */
export interface Shaping {
  /** undefined when the order does not matter. */
  readonly sort: readonly SortField[] | undefined;
  readonly strings: CompareStrings | undefined;
  readonly skip: number;
  /** Infinity for all. */
  readonly limit: number;
  readonly projection: Projection | undefined;
  readonly allowDiskUse: boolean;
}

/** The stored documents that a query finds, in order; more than are wanted when their order comes from an index. */
export function orderedDocuments(
  collection: Collection,
  plan: Plan,
  shaping: Shaping,
  examined: Examined,
): Iterable<Stored | undefined> {
  const found = runPlan(plan, collection, examined);
  const { sort, strings, allowDiskUse, skip, limit } = shaping;
  if (plan.sorted || sort === undefined) return found;
  return sortResults(found, { fields: sort, strings, first: skip + limit, allowDiskUse }, plan.filter, collection);
}

/** What a query finds, in order and projected, the first `skip` left out; no more than `limit`. */
export function* findResults(
  collection: Collection,
  plan: Plan,
  shaping: Shaping,
  examined: Examined,
): Generator<Document | undefined, undefined> {
  const { projection, skip, limit } = shaping;
  let position = 0;
  for (const stored of orderedDocuments(collection, plan, shaping, examined)) {
    if (stored === undefined) yield undefined;
    else if (position++ >= skip) yield projection === undefined ? stored.document : projected(projection, plan, stored);
    else if (position % 64 === 0) yield undefined;
    if (position >= skip + limit) return undefined;
  }
  return undefined;
}

const projected = (projection: Projection, plan: Plan, { document }: Stored): Document =>
  projection.project(document, projection.needsPosition ? positionIn(plan, document) : undefined);

/** The array position that the filter matched, which the positional `$` stands for. */
export function positionIn(plan: Pick<Plan, 'filter'>, document: Document): number | undefined {
  const details: MatchDetails = { position: undefined };
  matches(plan.filter, document, details);
  return details.position;
}
