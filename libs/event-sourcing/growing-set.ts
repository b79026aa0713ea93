/**
 * A set that only grows, for folded state: adding shares what is there instead of copying it, so that folding thousands
 * of events stays linear. Oldest and largest part first; in order of adding.
 */
export type GrowingSet = readonly ReadonlySet<string>[];

export const emptySet: GrowingSet = [];

export function holds(set: GrowingSet, value: string): boolean {
  return set.some((part) => part.has(value));
}

export function withAdded(set: GrowingSet, value: string): GrowingSet {
  if (holds(set, value)) return set;
  const parts = [...set];
  let newest: ReadonlySet<string> = new Set([value]);
  // Parts of equal size are merged: a value is copied as often as the set has doubled since.
  for (let older = parts.at(-1); older && older.size <= newest.size; older = parts.at(-1)) {
    newest = new Set([...older, ...newest]);
    parts.pop();
  }
  return [...parts, newest];
}

/** In order of adding. */
export function valuesOf(set: GrowingSet): string[] {
  return set.flatMap((part) => [...part]);
}
