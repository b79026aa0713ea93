import type { QueryContext } from '../expressions/index.js';
import { elementMatch } from '../matching/index.js';
import type { MatchDetails } from '../matching/index.js';
import { Document, isNumeric, MongoError, toDouble } from '../values/index.js';
import type { Value } from '../values/index.js';

/** Which elements of an array a `$slice` of find keeps: `limit` of them from `skip`, which may count from the end. */
export interface Slice {
  readonly skip: number;
  readonly limit: number;
}

/** Whether a `$slice` is find's own and not the expression of that name, which takes an array first. */
export const isFindSlice = (value: Value): boolean =>
  isNumeric(value) || (Array.isArray(value) && value.length === 2 && value.every(isNumeric));

/** `n`, or `[skip, limit]`. Throws 28724 for a limit that is not positive. */
export function parseFindSlice(value: Value): Slice {
  if (!Array.isArray(value)) {
    const count = integer(value);
    return count < 0 ? { skip: count, limit: -count } : { skip: 0, limit: count };
  }
  const [skip = 0, limit = 0] = value.map(integer);
  if (limit <= 0)
    throw new MongoError(28724, `First argument to $slice must be an array or its limit positive, but is ${limit}`);
  return { skip, limit };
}

const integer = (value: Value): number =>
  isNumeric(value) ? Math.max(-0x7fff_ffff, Math.min(0x7fff_ffff, Math.trunc(toDouble(value)))) : 0;

/** The document with the arrays at a path cut. */
export function sliceAt(document: Document, parts: readonly string[], at: number, slice: Slice): Document {
  const name = parts[at] ?? '';
  const value = document.get(name);
  if (value === undefined) return document;
  const cut = at + 1 === parts.length ? sliceArray(value, slice) : sliceBelow(value, parts, at + 1, slice);
  return cut === value ? document : document.clone().set(name, cut);
}

function sliceBelow(value: Value, parts: readonly string[], at: number, slice: Slice): Value {
  if (value instanceof Document) return sliceAt(value, parts, at, slice);
  return Array.isArray(value) ? value.map((element) => sliceBelow(element, parts, at, slice)) : value;
}

function sliceArray(value: Value, { skip, limit }: Slice): Value {
  if (!Array.isArray(value)) return value;
  const start = skip < 0 ? Math.max(0, value.length + skip) : skip;
  return value.slice(start, start + limit);
}

/** `{ field: { $elemMatch } }`: the first element of the array that meets the condition, or no field. Throws 31274. */
export function elementMatchProjection(
  name: string,
  condition: Value,
  context: QueryContext,
): (projected: Document, original: Document) => Document {
  if (!(condition instanceof Document)) throw new MongoError(31274, 'elemMatch: Invalid argument, object required');
  const { test } = elementMatch(condition, context);
  return (projected, original) => {
    const value = original.get(name);
    const details: MatchDetails = { position: undefined };
    if (!Array.isArray(value) || !test(value, details)) return projected;
    const element = value[details.position ?? 0];
    return element === undefined ? projected : projected.clone().set(name, [element]);
  };
}

/** The document with only the matched element in the first array at a path. Throws 51246 if nothing matched, 51247. */
export function keepPosition(document: Document, parts: readonly string[], position: number | undefined): Document {
  const [name = '', ...rest] = parts;
  const value = document.get(name);
  if (Array.isArray(value)) {
    if (position === undefined)
      throw new MongoError(51246, "positional operator '.$' couldn't find a matching element in the array");
    const element = value[position];
    if (element === undefined) throw new MongoError(51247, "positional operator '.$' element mismatch");
    return document.clone().set(name, [element]);
  }
  if (!(value instanceof Document) || rest.length === 0) return document;
  return document.clone().set(name, keepPosition(value, rest, position));
}
