import { Document } from '../values/index.js';
import type { Value } from '../values/index.js';

/** Sees one value of a path (undefined where it is missing), and the position in the outermost array passed on the way. */
export type ValueTest = (value: Value | undefined, arrayPosition: number | undefined) => boolean;

/** Whether the elements of an array at the end of the path are tested besides the array. */
export type LeafArrays = 'elements and array' | 'array only';

/**
 * Whether any value a query sees at a path passes the test. Arrays on the way stand for their documents; a number in the
 * path may also be a position. A path that ends in an object of an array without the field is seen as missing once for
 * that object; an array without objects is not seen at all.
 */
export function someValue(
  document: Document,
  parts: readonly string[],
  leafArrays: LeafArrays,
  test: ValueTest,
  at = 0,
  position?: number,
): boolean {
  let index = at;
  let value = document.get(parts[index] ?? '');
  while (value instanceof Document && index + 1 < parts.length) {
    index += 1;
    value = value.get(parts[index] ?? '');
  }
  const isLast = index + 1 >= parts.length;
  if (!Array.isArray(value)) return test(isLast ? value : undefined, position);
  if (!isLast) return someInArray(value, parts, leafArrays, test, index + 1, position);
  if (leafArrays === 'elements and array')
    for (const [elementIndex, element] of value.entries()) if (test(element, position ?? elementIndex)) return true;
  return test(value, position);
}

function someInArray(
  elements: readonly Value[],
  parts: readonly string[],
  leafArrays: LeafArrays,
  test: ValueTest,
  at: number,
  position: number | undefined,
): boolean {
  const part = parts[at];
  const isLast = at + 1 >= parts.length;
  for (const [index, element] of elements.entries()) {
    if (element instanceof Document && someValue(element, parts, leafArrays, test, at, position ?? index)) return true;
    if (part !== String(index)) continue;
    // A position that the path names is no array passed implicitly: it gives no position for `$`.
    if (isLast) {
      if (test(element, position)) return true;
    } else if (element instanceof Document) {
      if (someValue(element, parts, leafArrays, test, at + 1, position)) return true;
    } else if (Array.isArray(element) && someInArray(element, parts, leafArrays, test, at + 1, position)) return true;
  }
  return false;
}
