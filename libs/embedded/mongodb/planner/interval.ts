import { keyString, Rank, rankOf } from '../values/index.js';
import type { StringKey, Value } from '../values/index.js';
import { shellText } from '../storage/shell-text.js';

/**
 * A place between keys: before or after all keys that begin with `bytes`. No key begins another, so a cut at a value's key
 * falls exactly before or after that value, whatever follows it in a compound key.
 */
export interface Cut {
  readonly bytes: Buffer;
  readonly after: boolean;
  /** The bound as explain shows it: `[5`, `(5`, `5]`, `5)` without the brackets. */
  readonly text: string;
  readonly inclusive: boolean;
}

/** The keys between two cuts, in ascending order of values. */
export interface Interval {
  readonly low: Cut;
  readonly high: Cut;
  /** All keys in it are of one value. */
  readonly point: boolean;
}

const FIRST_RANK = Buffer.from([Rank.minKey]);
const LAST_RANK = Buffer.from([Rank.maxKey]);

export const EVERYTHING: Interval = {
  low: { bytes: FIRST_RANK, after: false, text: 'MinKey', inclusive: true },
  high: { bytes: LAST_RANK, after: true, text: 'MaxKey', inclusive: true },
  point: false,
};

/** What explain calls the ends of a type's bracket; of the types not named here the neighbours' names are used. */
const BRACKET_ENDS: ReadonlyMap<number, readonly [string, string]> = new Map([
  [Rank.number, ['-inf', 'inf']],
  [Rank.string, ['""', '{}']],
  [Rank.object, ['{}', '[]']],
  [Rank.date, ['new Date(-9223372036854775808)', 'new Date(9223372036854775807)']],
  [Rank.bool, ['false', 'true']],
  [Rank.objectId, ["ObjectId('000000000000000000000000')", "ObjectId('ffffffffffffffffffffffff')"]],
]);

/** The keys equal to one value; `texts` is what stands for texts in the keys, if not their bytes. */
export function pointInterval(value: Value, texts?: StringKey): Interval {
  const bytes = keyString([value], [], texts);
  const text = shellText(value);
  return {
    low: { bytes, after: false, text, inclusive: true },
    high: { bytes, after: true, text, inclusive: true },
    point: true,
  };
}

/** Null as queries mean it: null, missing, and undefined. */
export const NULLISH: Interval = {
  low: { bytes: Buffer.from([Rank.undefined]), after: false, text: 'undefined', inclusive: true },
  high: { bytes: Buffer.from([Rank.null]), after: true, text: 'null', inclusive: true },
  point: false,
};

/** From a value, or past it, to the end of its type's bracket. */
export function upFrom(value: Value, inclusive: boolean, texts?: StringKey): Interval {
  const low = { bytes: keyString([value], [], texts), after: !inclusive, text: shellText(value), inclusive };
  return { low, high: bracketEnd(rankOf(value)), point: false };
}

/** From the start of a value's type bracket up to it, with or without it. */
export function downFrom(value: Value, inclusive: boolean, texts?: StringKey): Interval {
  const high = { bytes: keyString([value], [], texts), after: inclusive, text: shellText(value), inclusive };
  return { low: bracketStart(rankOf(value)), high, point: false };
}

/** All values of one type bracket. */
export const bracket = (rank: number): Interval => ({ low: bracketStart(rank), high: bracketEnd(rank), point: false });

function bracketStart(rank: number): Cut {
  const text = BRACKET_ENDS.get(rank)?.[0] ?? `type ${rank}`;
  // NaN is the lowest number, and no range of numbers has it.
  if (rank === Rank.number) return { bytes: keyString([NaN]), after: true, text, inclusive: true };
  return { bytes: Buffer.from([rank]), after: false, text, inclusive: true };
}

function bracketEnd(rank: number): Cut {
  const text = BRACKET_ENDS.get(rank)?.[1] ?? `type ${rank + 1}`;
  const inclusive = rank !== Rank.string && rank !== Rank.object;
  return { bytes: Buffer.from([rank]), after: true, text, inclusive };
}

/** The least bytes that stand after the cut, so that the keys above it are those that are not less. */
export function position(cut: Cut): Buffer {
  return cut.after ? successor(cut.bytes) : cut.bytes;
}

/** The same cut in a field that sorts downwards, whose bytes are inverted. */
export function inverted(cut: Cut): Cut {
  return { ...cut, bytes: Buffer.from(cut.bytes.map((byte) => byte ^ 0xff)), after: !cut.after };
}

/** The least bytes above everything that begins with these. Keys never begin with 0xff, so there always is one. */
function successor(bytes: Buffer): Buffer {
  let length = bytes.length;
  while (length > 1 && bytes[length - 1] === 0xff) length--;
  const next = Buffer.from(bytes.subarray(0, length));
  next[length - 1] = (next[length - 1] ?? 0) + 1;
  return next;
}

/** Interval text as explain shows it. */
export function intervalText(interval: Interval, direction: 1 | -1): string {
  const [first, last] = direction === 1 ? [interval.low, interval.high] : [interval.high, interval.low];
  return `${first.inclusive ? '[' : '('}${first.text}, ${last.text}${last.inclusive ? ']' : ')'}`;
}

const above = (a: Cut, b: Cut): boolean => position(a).compare(position(b)) > 0;

const isEmpty = (interval: Interval): boolean => position(interval.low).compare(position(interval.high)) >= 0;

/** Sorted, without overlaps. */
export function union(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals
    .filter((interval) => !isEmpty(interval))
    .toSorted((a, b) => position(a.low).compare(position(b.low)) || position(a.high).compare(position(b.high)));
  const merged: Interval[] = [];
  for (const interval of sorted) {
    const last = merged.at(-1);
    if (last === undefined || above(interval.low, last.high)) merged.push(interval);
    else if (above(interval.high, last.high)) {
      // Points that only touch stay apart: merged, they would no longer be an equality.
      if (position(interval.low).equals(position(last.high))) merged.push(interval);
      else merged[merged.length - 1] = { low: last.low, high: interval.high, point: false };
    }
  }
  return merged;
}

/** What is in both of two sorted unions. */
export function intersection(left: readonly Interval[], right: readonly Interval[]): Interval[] {
  const found: Interval[] = [];
  for (const a of left) {
    for (const b of right) {
      const low = above(a.low, b.low) ? a.low : b.low;
      const high = above(a.high, b.high) ? b.high : a.high;
      const both = { low, high, point: a.point || b.point };
      if (!isEmpty(both)) found.push(both);
    }
  }
  return found;
}

/** Whether every key of `inner` is also in `outer` (both sorted unions). */
export function covers(outer: readonly Interval[], inner: readonly Interval[]): boolean {
  return inner.every((small) => outer.some((large) => !above(large.low, small.low) && !above(small.high, large.high)));
}
