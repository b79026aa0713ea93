import type { KeyRow, KeyTable } from '../indexes/key-table.js';
import { ScanWatch, settle } from '../indexes/scan-watch.js';
import type { RangeProgress } from '../indexes/scan-watch.js';
import { matches } from '../matching/index.js';
import type { Stored } from '../storage/document-cache.js';
import type { Collection } from '../storage/collection.js';
import { MongoError } from '../values/index.js';
import type { Examined } from './examined.js';
import { indexBounds } from './index-bounds.js';
import type { KeyRange } from './index-bounds.js';
import type { Access, IndexScan, Plan } from './plan.js';
import { createSieve } from './sieve.js';

/** Documents are read in chunks that grow: small queries read little, long scans ask the storage rarely. */
const FIRST_CHUNK = 64;
const LARGEST_CHUNK = 512;
/** Of each of several ranges that are merged fewer are needed. */
const FIRST_MERGED = 16;
/** After so many documents without a result the run offers a pause. */
const PAUSE_EVERY = 64;

/** The documents that a plan finds, in its order; `undefined` in between marks a point where the run may pause. */
export function* runPlan(
  plan: Plan,
  collection: Collection,
  examined: Examined,
): Generator<Stored | undefined, undefined> {
  const { filter, decidedByKeys } = plan;
  const seen = mayRepeat(plan.access) ? new Set<number>() : undefined;
  const sieve = createSieve(plan, examined);
  let barren = 0;
  for (const { found, watch } of chunksOf(plan, collection, examined)) {
    for (const each of found) {
      let stored: Stored | undefined;
      if (typeof each !== 'number') stored = each;
      else {
        examined.keys++;
        if (seen?.has(each) === true) continue;
        seen?.add(each);
        if (sieve?.passes(each) === false) {
          if (++barren % PAUSE_EVERY === 0) yield undefined;
          continue;
        }
        stored = collection.byRid(each);
        if (stored === undefined) continue;
      }
      examined.documents++;
      const certain = decidedByKeys && watch?.current === true;
      if (certain || matches(filter, stored.document)) {
        barren = 0;
        examined.matched++;
        yield stored;
      } else if (++barren % PAUSE_EVERY === 0) yield undefined;
      // Whatever happened while the run paused, its next step may meet tables that are no more.
      if (collection.dropped) throw new MongoError(175, `collection ${collection.namespace} was dropped or replaced`);
    }
  }
  return undefined;
}

/** What is read at once: documents, or the numbers of such, by a scan that is watched. */
interface Chunk {
  readonly found: readonly (number | Stored)[];
  readonly watch: ScanWatch | undefined;
}

/** Several keys, or several branches, may lead to one document. */
const mayRepeat = (access: Access): boolean =>
  access.kind === 'union' || (access.kind === 'index' && access.index.multikey !== 0);

function* chunksOf({ access, wanted }: Plan, collection: Collection, examined: Examined): Generator<Chunk, undefined> {
  if (access.kind === 'id') {
    const stored = collection.byId(access.id);
    if (stored === undefined) return undefined;
    examined.keys++;
    yield { found: [stored], watch: FOUND_BY_ID };
  } else if (access.kind === 'index') yield* watchedScan(access, wanted);
  else if (access.kind === 'union') for (const branch of access.branches) yield* watchedScan(branch, wanted);
  else if (!collection.clustered) yield* scanCollection(collection, access.direction);
  else {
    for (const { found } of watchedScan(inOrderOfId(collection, access.direction), wanted))
      yield { found: storedOf(found, collection), watch: undefined };
  }
  return undefined;
}

/** A document that was looked up just now has the `_id` it was looked up by. */
const FOUND_BY_ID = new ScanWatch([], 1);
FOUND_BY_ID.current = true;

const storedOf = (found: Chunk['found'], collection: Collection): Stored[] =>
  found.map((each) => (typeof each === 'number' ? collection.byRid(each) : each)).filter((each) => each !== undefined);

/** The natural order of a clustered collection. */
const inOrderOfId = ({ idIndex }: Collection, direction: 1 | -1): IndexScan => ({
  kind: 'index',
  index: idIndex,
  bounds: indexBounds(idIndex.spec, 0, []),
  direction,
  merge: false,
  others: [],
});

function* scanCollection(collection: Collection, direction: 1 | -1): Generator<Chunk, undefined> {
  let rid = direction === 1 ? 0 : Number.MAX_SAFE_INTEGER;
  for (let size = FIRST_CHUNK; ; size = Math.min(size * 2, LARGEST_CHUNK)) {
    const chunk = collection.scan(rid, size, direction);
    yield { found: chunk, watch: undefined };
    const last = chunk.at(-1);
    if (last === undefined || chunk.length < size) return undefined;
    rid = last.rid;
  }
}

/** A scan that documents moving in the index meanwhile do not upset. */
function* watchedScan(scan: IndexScan, wanted: number): Generator<Chunk, undefined> {
  const { index, bounds, direction } = scan;
  const inOrder = direction === 1 ? bounds.ranges : bounds.ranges.toReversed();
  const ranges = inOrder.map((range): WatchedRange => ({
    ...range,
    last: undefined,
    findLast: undefined,
    done: false,
  }));
  const watch = new ScanWatch(ranges, direction);
  const first = Math.min(wanted, FIRST_CHUNK);
  index.watches.add(watch);
  try {
    const chunks = scan.merge
      ? merged(index.table, ranges, direction, Math.min(first, FIRST_MERGED), watch)
      : inSequence(index.table, ranges, direction, first, watch);
    for (const found of chunks) yield { found, watch };
    watch.current = false;
    yield { found: watch.takeMissed(), watch };
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
  first: number,
  watch: ScanWatch,
): Generator<readonly number[], undefined> {
  for (const range of ranges) {
    const { low, high } = range;
    for (let size = first; !range.done; size = Math.min(size * 2, LARGEST_CHUNK)) {
      settle(range);
      const from = range.last;
      const rids = table.readNumbers(low, high, from, size, direction);
      watch.current = true;
      range.done = rids.length < size;
      if (!range.done) range.findLast = () => table.positionOf(low, high, from, size, direction);
      // What is found to be repeated only after this reading is still to come from it, and is left out of the next ones.
      yield rids.filter((rid) => !watch.isRepeated(rid));
    }
  }
  return undefined;
}

/** One range with its keys, which merging compares. */
function* readRange(
  table: KeyTable,
  range: WatchedRange,
  direction: 1 | -1,
  first: number,
  watch: ScanWatch,
): Generator<KeyRow, undefined> {
  for (let size = first; ; size = Math.min(size * 2, LARGEST_CHUNK)) {
    const rows = table.read(range.low, range.high, range.last, size, direction);
    const last = rows.at(-1);
    if (last !== undefined) range.last = { key: last[0], rid: last[1] };
    if (rows.length < size) range.done = true;
    yield* rows.filter(([, rid]) => !watch.isRepeated(rid));
    if (range.done) return undefined;
  }
}

interface Branch {
  row: KeyRow;
  readonly rest: Iterator<KeyRow, undefined>;
  readonly prefixLength: number;
}

/** The ranges side by side, always taking the one whose key goes on least after its fixed fields. */
function* merged(
  table: KeyTable,
  ranges: readonly WatchedRange[],
  direction: 1 | -1,
  first: number,
  watch: ScanWatch,
): Generator<readonly number[], undefined> {
  const branches: Branch[] = [];
  for (const range of ranges) {
    const rest = readRange(table, range, direction, first, watch);
    const start = rest.next();
    if (start.done !== true) branches.push({ row: start.value, rest, prefixLength: range.prefix.length });
  }
  for (;;) {
    const [head, ...others] = branches;
    if (head === undefined) return undefined;
    let least = head;
    for (const branch of others) if (compareRest(branch, least) * direction < 0) least = branch;
    yield [least.row[1]];
    const next = least.rest.next();
    if (next.done === true) branches.splice(branches.indexOf(least), 1);
    else least.row = next.value;
  }
}

function compareRest(a: Branch, b: Branch): number {
  const order = Buffer.compare(a.row[0].subarray(a.prefixLength), b.row[0].subarray(b.prefixLength));
  return order === 0 ? a.row[1] - b.row[1] : order;
}
