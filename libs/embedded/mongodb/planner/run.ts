import type { KeyRow, KeyTable } from '../indexes/key-table.js';
import { ScanWatch } from '../indexes/scan-watch.js';
import type { RangeProgress } from '../indexes/scan-watch.js';
import { matches } from '../matching/index.js';
import type { Stored } from '../storage/document-cache.js';
import type { Collection } from '../storage/collection.js';
import { MongoError } from '../values/index.js';
import { indexBounds } from './index-bounds.js';
import type { KeyRange } from './index-bounds.js';
import type { Access, IndexScan, Plan } from './plan.js';

/** What a run has looked at, as explain tells it. */
export interface Examined {
  keys: number;
  documents: number;
}

/** Documents are read in chunks that grow: small queries read little, long scans ask the storage rarely. */
const FIRST_CHUNK = 64;
const LARGEST_CHUNK = 512;
/** After so many documents without a result the run offers a pause. */
const PAUSE_EVERY = 64;

/** The documents that a plan finds, in its order; `undefined` in between marks a point where the run may pause. */
export function* runPlan(
  plan: Plan,
  collection: Collection,
  examined: Examined,
): Generator<Stored | undefined, undefined> {
  let barren = 0;
  for (const stored of documentsOf(plan.access, collection, examined)) {
    if (collection.dropped) throw new MongoError(175, `collection ${collection.namespace} was dropped or replaced`);
    examined.documents++;
    if (matches(plan.filter, stored.document)) {
      barren = 0;
      yield stored;
    } else if (++barren % PAUSE_EVERY === 0) yield undefined;
  }
  return undefined;
}

function* documentsOf(access: Access, collection: Collection, examined: Examined): Generator<Stored, undefined> {
  if (access.kind === 'id') {
    const stored = collection.byId(access.id);
    if (stored !== undefined) {
      examined.keys++;
      yield stored;
    }
  } else if (access.kind === 'collection' && !collection.clustered) yield* scanCollection(collection, access.direction);
  else {
    const scanned = access.kind === 'collection' ? inOrderOfId(collection, access.direction) : access;
    for (const rid of ridsOf(scanned, access.kind === 'collection' ? { keys: 0, documents: 0 } : examined)) {
      const stored = collection.byRid(rid);
      if (stored !== undefined) yield stored;
    }
  }
  return undefined;
}

/** The natural order of a clustered collection. */
const inOrderOfId = ({ idIndex }: Collection, direction: 1 | -1): IndexScan => ({
  kind: 'index',
  index: idIndex,
  bounds: indexBounds(idIndex.spec, 0, []),
  direction,
  merge: false,
});

function* scanCollection(collection: Collection, direction: 1 | -1): Generator<Stored, undefined> {
  let rid = direction === 1 ? 0 : Number.MAX_SAFE_INTEGER;
  for (let size = FIRST_CHUNK; ; size = Math.min(size * 2, LARGEST_CHUNK)) {
    const chunk = collection.scan(rid, size, direction);
    yield* chunk;
    const last = chunk.at(-1);
    if (last === undefined || chunk.length < size) return undefined;
    rid = last.rid;
  }
}

/** Each document once, though several keys, or several branches, may lead to it. */
function* ridsOf(
  access: Exclude<Access, { kind: 'id' | 'collection' }>,
  examined: Examined,
): Generator<number, undefined> {
  const seen = new Set<number>();
  const scans = access.kind === 'union' ? access.branches : [access];
  const once = scans.length === 1 && scans.every(({ index }) => index.multikey === 0);
  for (const scan of scans) {
    for (const rid of watchedScan(scan, examined)) {
      if (!once) {
        if (seen.has(rid)) continue;
        seen.add(rid);
      }
      yield rid;
    }
  }
  return undefined;
}

/** A scan that documents moving in the index meanwhile do not upset. */
function* watchedScan(scan: IndexScan, examined: Examined): Generator<number, undefined> {
  const { index, bounds, direction } = scan;
  const inOrder = direction === 1 ? bounds.ranges : bounds.ranges.toReversed();
  const ranges = inOrder.map((range): WatchedRange => ({ ...range, last: undefined, done: false }));
  const watch = new ScanWatch(ranges, direction);
  index.watches.add(watch);
  try {
    const rids = scan.merge ? merged(index.table, ranges, direction) : inSequence(index.table, ranges, direction);
    for (const rid of rids) {
      examined.keys++;
      if (!watch.isRepeated(rid)) yield rid;
    }
    yield* watch.takeMissed();
  } finally {
    index.watches.delete(watch);
  }
  return undefined;
}

interface WatchedRange extends KeyRange, RangeProgress {}

function* inSequence(
  table: KeyTable,
  ranges: readonly WatchedRange[],
  direction: 1 | -1,
): Generator<number, undefined> {
  for (const range of ranges) {
    for (let size = FIRST_CHUNK; !range.done; size = Math.min(size * 2, LARGEST_CHUNK)) {
      const { rids, last } = table.readNumbers(range.low, range.high, range.last, size, direction);
      range.last = last;
      range.done = last === undefined;
      yield* rids;
    }
  }
  return undefined;
}

/** One range with its keys, which merging compares. */
function* readRange(table: KeyTable, range: WatchedRange, direction: 1 | -1): Generator<KeyRow, undefined> {
  for (let size = FIRST_CHUNK; ; size = Math.min(size * 2, LARGEST_CHUNK)) {
    const rows = table.read(range.low, range.high, range.last, size, direction);
    const last = rows.at(-1);
    if (last !== undefined) range.last = { key: last[0], rid: last[1] };
    if (rows.length < size) range.done = true;
    yield* rows;
    if (range.done) return undefined;
  }
}

interface Branch {
  row: KeyRow;
  readonly rest: Iterator<KeyRow, undefined>;
  readonly prefixLength: number;
}

/** The ranges side by side, always taking the one whose key goes on least after its fixed fields. */
function* merged(table: KeyTable, ranges: readonly WatchedRange[], direction: 1 | -1): Generator<number, undefined> {
  const branches: Branch[] = [];
  for (const range of ranges) {
    const rest = readRange(table, range, direction);
    const first = rest.next();
    if (first.done !== true) branches.push({ row: first.value, rest, prefixLength: range.prefix.length });
  }
  for (;;) {
    const [first, ...others] = branches;
    if (first === undefined) return undefined;
    let least = first;
    for (const branch of others) if (compareRest(branch, least) * direction < 0) least = branch;
    yield least.row[1];
    const next = least.rest.next();
    if (next.done === true) branches.splice(branches.indexOf(least), 1);
    else least.row = next.value;
  }
}

function compareRest(a: Branch, b: Branch): number {
  const order = Buffer.compare(a.row[0].subarray(a.prefixLength), b.row[0].subarray(b.prefixLength));
  return order === 0 ? a.row[1] - b.row[1] : order;
}
