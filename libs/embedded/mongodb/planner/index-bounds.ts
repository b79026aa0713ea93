import type { IndexSpec } from '../indexes/index-spec.js';
import type { Requirement } from './requirements.js';
import { EVERYTHING, intersection, inverted, position } from './interval.js';
import type { Cut, Interval } from './interval.js';

/** A stretch of an index: keys from `low` (included) to `high` (excluded) in the order of their bytes. */
export interface KeyRange {
  readonly low: Buffer;
  readonly high: Buffer;
  /** All its keys begin with these bytes: its leading fields are fixed. */
  readonly prefix: Buffer;
}

/** How far a filter narrows an index down. */
export interface IndexBounds {
  /** Per index field, in the order of values; fields that are not narrowed down have EVERYTHING. */
  readonly fields: readonly (readonly Interval[])[];
  /** How many leading fields are fixed to single values (of which there may be several). */
  readonly fixed: number;
  /** In the order of the index, without overlaps. */
  readonly ranges: readonly KeyRange[];
  /** Requirements that every key in the ranges meets. */
  readonly met: ReadonlySet<Requirement>;
}

/** More combinations of points than this are scanned as one range of the fields before. */
const MAX_COMBINATIONS = 1000;
const WHOLE: readonly Interval[] = [EVERYTHING];

/**
 * The bounds that requirements put on an index; `multikey` has bit i set when field i holds elements of arrays. `preferred`
 * is the requirement to go by where arrays allow for one only; undefined for the one with the fewest values.
 */
export function indexBounds(
  spec: IndexSpec,
  multikey: number,
  all: readonly Requirement[],
  preferred?: Requirement,
): IndexBounds {
  const fields: (readonly Interval[])[] = [];
  const met = new Set<Requirement>();
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  let ranges: KeyRange[] | undefined;
  let fixed = 0;
  const arraysUsed = new Map<string, Requirement['element']>();
  spec.key.forEach((field, at) => {
    const isArray = (multikey & (1 << at)) !== 0;
    const usable = ranges === undefined ? narrowing(field.path, isArray, all, arraysUsed, preferred) : undefined;
    const intervals = usable?.intervals ?? WHOLE;
    fields.push(intervals);
    if (ranges !== undefined) return;
    const points = intervals.every((interval) => interval.point);
    if (points && prefixes.length * intervals.length <= MAX_COMBINATIONS) {
      prefixes = prefixes.flatMap((prefix) =>
        ordered(intervals, field.direction).map(({ low }) => Buffer.concat([prefix, low.bytes])),
      );
      fixed++;
    } else {
      ranges = prefixes.flatMap((prefix) => ordered(intervals, field.direction).map((cuts) => range(prefix, cuts)));
    }
    for (const requirement of usable?.met ?? []) met.add(requirement);
  });
  return { fields, fixed, met, ranges: ranges ?? prefixes.map(pointRange) };
}

/**
 * What is known of one field. Where arrays are, two conditions may be met by two elements: only one of them narrows the
 * scan, also inside one `$elemMatch`, whose element may hold an array at the field. The same goes for two fields below
 * one array, unless one `$elemMatch` holds both.
 */
function narrowing(
  path: string,
  isArray: boolean,
  all: readonly Requirement[],
  arraysUsed: Map<string, Requirement['element']>,
  preferred: Requirement | undefined,
): { intervals: readonly Interval[]; met: readonly Requirement[] } | undefined {
  const here = all.filter((requirement) => requirement.path === path && requirement.keys !== undefined);
  const [narrowest] = here.toSorted((a, b) => width(a) - width(b));
  const best = here.find((requirement) => requirement === preferred) ?? narrowest;
  if (best === undefined) return undefined;
  if (!isArray) {
    const intervals = here.reduce<readonly Interval[]>(
      (known, { keys }) => intersection(known, keys?.intervals ?? WHOLE),
      WHOLE,
    );
    return { intervals, met: here };
  }
  const array = path.split('.')[0] ?? path;
  const used = arraysUsed.get(array);
  if (arraysUsed.has(array) && (used === undefined || used !== best.element)) return undefined;
  arraysUsed.set(array, best.element);
  return { intervals: best.keys?.intervals ?? WHOLE, met: [best] };
}

/** Single values first: they narrow down most. */
const width = ({ keys }: Requirement): number =>
  keys === undefined ? Infinity : keys.intervals.length + (keys.intervals.every(({ point }) => point) ? 0 : 1000);

interface Cuts {
  readonly low: Cut;
  readonly high: Cut;
}

/** Intervals as they lie in the index: reversed, with their bytes inverted, in a field that sorts downwards. */
const ordered = (intervals: readonly Interval[], direction: 1 | -1): readonly Cuts[] =>
  direction === 1
    ? intervals
    : intervals.toReversed().map(({ low, high }) => ({ low: inverted(high), high: inverted(low) }));

const range = (prefix: Buffer, { low, high }: Cuts): KeyRange => ({
  low: Buffer.concat([prefix, position(low)]),
  high: Buffer.concat([prefix, position(high)]),
  prefix,
});

const pointRange = (prefix: Buffer): KeyRange => ({
  low: prefix,
  high: position({ bytes: prefix, after: true, text: '', inclusive: true }),
  prefix,
});
