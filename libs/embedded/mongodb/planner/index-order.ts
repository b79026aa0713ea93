import type { IndexSpec } from '../indexes/index-spec.js';
import type { IndexBounds } from './index-bounds.js';
import { EVERYTHING } from './interval.js';

/** One field of a sort. */
export interface SortField {
  readonly path: string;
  readonly direction: 1 | -1;
}

/** How an index yields a sort order. */
export interface IndexOrder {
  /** -1 when the index is to be read backwards. */
  readonly direction: 1 | -1;
  /** Each fixed combination is in order by itself: their scans are merged. */
  readonly merge: boolean;
}

/**
 * Whether scanning the bounds gives the order asked for. Fields fixed to one value never matter. A field that holds
 * elements of arrays sorts by its least (or greatest) element, which only a scan over all its keys meets first.
 */
export function indexOrder(
  spec: IndexSpec,
  multikey: number,
  bounds: IndexBounds,
  sort: readonly SortField[],
): IndexOrder | undefined {
  const isArray = (at: number): boolean => (multikey & (1 << at)) !== 0;
  const isConstant = (at: number): boolean => at < bounds.fixed && bounds.fields[at]?.length === 1;
  const constants = new Set(spec.key.filter((_, at) => isConstant(at) && !isArray(at)).map(({ path }) => path));
  let direction: 1 | -1 | undefined;
  let merge = false;
  let at = 0;
  for (const { path, direction: wanted } of sort) {
    if (constants.has(path)) continue;
    for (; at < bounds.fixed && spec.key[at]?.path !== path; at++) {
      if (isConstant(at)) continue;
      if (direction !== undefined) return undefined;
      merge = true;
    }
    const field = spec.key[at];
    if (field?.path !== path) return undefined;
    if (isArray(at) && bounds.fields[at]?.[0] !== EVERYTHING) return undefined;
    const needed = field.direction === wanted ? 1 : -1;
    direction ??= needed;
    if (direction !== needed) return undefined;
    // Merging compares what follows the fixed fields, so that the order must begin after all of them.
    if (merge && at < bounds.fixed) return undefined;
    at++;
  }
  return { direction: direction ?? 1, merge };
}
