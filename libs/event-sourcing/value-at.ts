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

/** What lists are sorted by; `null`: nothing is there, or nothing to sort by. */
export function scalarAt(document: object, path: string): Scalar {
  const value = valueAt(document, path);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
