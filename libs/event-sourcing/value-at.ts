import type { Scalar } from './ports/read-models.js';

/** What the document has at the path; on an array, what any of its elements has there. */
export function valueAt(document: object, path: string): unknown {
  const at = (value: unknown, key: string) => (value as Record<string, unknown> | null | undefined)?.[key];
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (Array.isArray(value) ? value.flatMap((one: unknown) => at(one, key) ?? []) : at(value, key)),
      document,
    );
}

/** Where lists are sorted by it; `null`: nothing is there. */
export function scalarAt(document: object, path: string): Scalar {
  return (valueAt(document, path) ?? null) as Scalar;
}
