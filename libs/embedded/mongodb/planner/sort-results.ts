import { matches } from '../matching/index.js';
import type { MatchExpression } from '../matching/index.js';
import { compareSortKeys, sortKeyOf } from '../sorting/index.js';
import type { SortField, SortKey } from '../sorting/index.js';
import type { Collection } from '../storage/collection.js';
import type { Stored } from '../storage/document-cache.js';
import { MongoError } from '../values/index.js';
import type { CompareStrings } from '../values/index.js';

/** Documents that are sorted without `allowDiskUse`, in bytes. */
const MAX_SORT_BYTES = 100 * 1024 * 1024;
/** Up to so many first results the documents themselves are kept; of more only their numbers. */
const MAX_KEPT = 1000;
const PAUSE_EVERY = 64;

export interface SortRequest {
  readonly fields: readonly SortField[];
  readonly strings: CompareStrings | undefined;
  /** Only so many are needed, from the first; Infinity for all. */
  readonly first: number;
  readonly allowDiskUse: boolean;
}

interface Entry {
  readonly key: SortKey;
  readonly rid: number;
  readonly stored: Stored | undefined;
}

/**
 * The documents in the order asked for. All of them are looked at first, but only sort keys and numbers are remembered, so
 * that an idle cursor over a large sort holds little; what changed meanwhile so that it does not match any more is left out.
 * Throws 292 beyond 100 MB of documents unless the disk may be used.
 */
export function* sortResults(
  input: Iterable<Stored | undefined>,
  request: SortRequest,
  filter: MatchExpression,
  collection: Collection,
): Generator<Stored | undefined, undefined> {
  const compareKeys = compareSortKeys(request.fields, request.strings);
  const keepDocuments = request.first <= MAX_KEPT;
  const order = (a: Entry, b: Entry): number => compareKeys(a.key, b.key) || a.rid - b.rid;
  let entries: Entry[] = [];
  let bytes = 0;
  let seen = 0;
  for (const stored of input) {
    if (stored === undefined || ++seen % PAUSE_EVERY === 0) yield undefined;
    if (stored === undefined) continue;
    const key = sortKeyOf(stored.document, request.fields, compareKeys);
    entries.push({ key, rid: stored.rid, stored: keepDocuments ? stored : undefined });
    bytes += stored.document.bytes?.length ?? 0;
    if (entries.length >= 2 * request.first + 100) entries = entries.sort(order).slice(0, request.first);
    else if (bytes > MAX_SORT_BYTES && request.first === Infinity && !request.allowDiskUse) throw tooLarge();
  }
  const rids = sortedRids(entries.sort(order), request.first);
  const kept = keepDocuments ? entries : [];
  // The generator lives as long as its cursor: what it no longer needs must not.
  if (!keepDocuments) entries.length = 0;
  for (const [at, rid] of rids.entries()) {
    const stored = kept[at]?.stored ?? collection.byRid(rid);
    if (stored !== undefined && (keepDocuments || matches(filter, stored.document))) yield stored;
  }
  return undefined;
}

const sortedRids = (entries: readonly Entry[], first: number): Float64Array =>
  Float64Array.from(entries.slice(0, first === Infinity ? undefined : first), ({ rid }) => rid);

const tooLarge = (): MongoError =>
  new MongoError(292, 'Sort exceeded memory limit of 104857600 bytes, but did not opt in to external sorting.');
