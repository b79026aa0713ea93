import type { IndexBounds } from './index-bounds.js';
import type { Plan } from './plan.js';
import type { Examined } from './examined.js';

/** So many documents are fetched for each result before it is worth reading more of the index. */
const DOCUMENTS_PER_RESULT = 10;
/** Numbers that are read in one go: some milliseconds. */
const MOST_READ = 30_000;

/** Tells before a document is fetched that it cannot be a result. */
export interface Sieve {
  passes(rid: number): boolean;
}

/**
 * Where a filter has several conditions on one array, a scan goes by one of them, and a document that meets it alone is
 * fetched in vain. Once that has happened too often, the numbers of the documents that meet the others are read from the
 * index, and only what is among all of them is fetched. Whatever passes is looked at all the same: a document may change
 * while the run goes on.
 */
export function createSieve({ access }: Plan, examined: Examined): Sieve | undefined {
  if (access.kind !== 'index' || access.others.length === 0) return undefined;
  const { index, others } = access;
  let admitted: readonly ReadonlySet<number>[] | undefined;

  /** In one reading, so that no document moves past it. */
  function numbersIn({ ranges }: IndexBounds): ReadonlySet<number> | undefined {
    const numbers = new Set<number>();
    for (const { low, high } of ranges) {
      const read = index.table.readNumbers(low, high, undefined, MOST_READ - numbers.size, 1);
      examined.keys += read.length;
      for (const rid of read) numbers.add(rid);
      if (numbers.size >= MOST_READ) return undefined;
    }
    return numbers;
  }

  function read(): readonly ReadonlySet<number>[] {
    const found = others.map((bounds) => ({ bounds, numbers: numbersIn(bounds) }));
    return found.flatMap(({ bounds, numbers }) => {
      if (numbers === undefined) return [];
      examined.intersected.push(bounds);
      return numbers;
    });
  }

  return {
    passes(rid) {
      if (examined.documents + 1 >= DOCUMENTS_PER_RESULT * Math.max(examined.matched, 1)) admitted ??= read();
      return admitted?.every((numbers) => numbers.has(rid)) ?? true;
    },
  };
}
