import { compareSortKeys, parseSort, sortKeyOf } from '../../sorting/index.js';
import type { SortField, SortKey } from '../../sorting/index.js';
import { Document, MongoError } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import { memoryMeter } from '../memory.js';
import type { Flow, RunStage, StageContext } from '../stage.js';

/** The keys of `$sort`. Throws 15973 for no object, 15976 for an empty one. */
export function sortFields(specification: Value): readonly SortField[] {
  if (!(specification instanceof Document))
    throw new MongoError(15973, 'the $sort key specification must be an object');
  if (specification.size === 0) throw new MongoError(15976, '$sort stage must have at least one sort key');
  return parseSort(specification);
}

interface Keyed {
  readonly document: Document;
  readonly key: SortKey;
}

/** `$sort`; with a limit behind it, never more than twice that many documents are held. */
export function sortStage(fields: readonly SortField[], limit: number | undefined, context: StageContext): RunStage {
  const compareKeys = compareSortKeys(fields, context.query.collation?.compare);
  const order = (a: Keyed, b: Keyed): number => compareKeys(a.key, b.key);
  return function* (input: Flow) {
    const held: Keyed[] = [];
    const hold = memoryMeter('$sort', context.allowDiskUse || limit !== undefined);
    let seen = 0;
    for (const document of input) {
      seen += 1;
      if (document === undefined || (seen & 63) === 0) yield undefined;
      if (document === undefined) continue;
      hold(document);
      held.push({ document, key: sortKeyOf(document, fields, compareKeys) });
      if (limit !== undefined && held.length >= 2 * limit + 64) {
        held.sort(order);
        held.length = limit;
      }
    }
    held.sort(order);
    for (const { document } of limit === undefined ? held : held.slice(0, limit)) yield document;
  };
}
