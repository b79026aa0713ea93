import type { FieldCondition } from '../matching/expression.js';
import { regexPrefix } from '../matching/regex.js';
import { bsonUndefined, MaxKey, MinKey, Rank, rankOf, Regex, stringPrefixKey } from '../values/index.js';
import type { StringKey, Value } from '../values/index.js';
import { bracket, downFrom, EVERYTHING, NULLISH, pointInterval, union, upFrom } from './interval.js';
import type { Interval } from './interval.js';

/** Where in an index the documents stand that meet a condition. */
export interface KeyIntervals {
  readonly intervals: readonly Interval[];
  /** Every key there belongs to a document that meets the condition (without arrays): nothing need be fetched to know. */
  readonly exact: boolean;
}

/**
 * The keys that documents meeting the condition have at its path; undefined when an index cannot narrow it down. `texts` is
 * what stands for texts in an index with a collation: patterns then have no place there.
 */
export function conditionIntervals(condition: FieldCondition, texts?: StringKey): KeyIntervals | undefined {
  const { operator, operand } = condition;
  switch (operator) {
    case '$eq':
      return equality(operand, texts);
    case '$lt':
    case '$lte':
    case '$gt':
    case '$gte':
      return range(operator, operand, texts);
    case '$in':
      return Array.isArray(operand) ? inList(operand, texts) : undefined;
    case '$regex':
      return operand instanceof Regex && texts === undefined ? regex(operand) : undefined;
    default:
      return undefined;
  }
}

function equality(value: Value, texts: StringKey | undefined): KeyIntervals {
  if (value === null) return { intervals: [NULLISH], exact: false };
  if (!Array.isArray(value)) return { intervals: [pointInterval(value, texts)], exact: true };
  // An array is found by its first element, or, as the element of another array, whole.
  const first = value[0] ?? bsonUndefined;
  return { intervals: union([pointInterval(first, texts), pointInterval(value, texts)]), exact: false };
}

function range(
  operator: '$lt' | '$lte' | '$gt' | '$gte',
  value: Value,
  texts: StringKey | undefined,
): KeyIntervals | undefined {
  const inclusive = operator === '$lte' || operator === '$gte';
  if (value === null) return { intervals: inclusive ? [NULLISH] : [], exact: !inclusive };
  if (value instanceof MinKey || value instanceof MaxKey) return { intervals: [EVERYTHING], exact: false };
  // Whole arrays are compared with arrays, and the index has only their elements.
  if (Array.isArray(value)) return undefined;
  if (isNotANumber(value)) return { intervals: inclusive ? [pointInterval(value)] : [], exact: true };
  const interval =
    operator === '$lt' || operator === '$lte' ? downFrom(value, inclusive, texts) : upFrom(value, inclusive, texts);
  return { intervals: union([interval]), exact: true };
}

const isNotANumber = (value: Value): boolean =>
  rankOf(value) === Rank.number && pointInterval(value).low.bytes.equals(pointInterval(NaN).low.bytes);

function inList(values: readonly Value[], texts: StringKey | undefined): KeyIntervals | undefined {
  if (texts !== undefined && values.some((value) => value instanceof Regex)) return undefined;
  return anyOf(values.map((value) => (value instanceof Regex ? regex(value) : equality(value, texts))));
}

function anyOf(parts: readonly KeyIntervals[]): KeyIntervals {
  return {
    intervals: union(parts.flatMap((part) => part.intervals)),
    exact: parts.every((part) => part.exact),
  };
}

/** Strings with the regex's literal beginning, or all of them; and stored regexes, which match themselves. */
function regex(value: Regex): KeyIntervals {
  const found = regexPrefix(value);
  const self = pointInterval(value);
  if (found === undefined) return { intervals: union([bracket(Rank.string), self]), exact: false };
  const bytes = stringPrefixKey(found.prefix);
  const text = JSON.stringify(found.prefix);
  const low = { bytes, after: false, text, inclusive: true };
  const high = { bytes, after: true, text: nextText(found.prefix), inclusive: false };
  return { intervals: union([{ low, high, point: false }, self]), exact: found.exact };
}

const nextText = (prefix: string): string =>
  JSON.stringify(prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1));
