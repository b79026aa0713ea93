import type { Scalar } from '#event-sourcing';
import { Problem } from '../problems/problem.js';

/**
 * Where a page of a list begins: the sort values of the item before it. Opaque to clients; `list` names the list and
 * the schema of its model, so that a cursor never continues another list or one of another shape.
 */
export function formatCursor(list: string, after: readonly Scalar[]): string {
  return Buffer.from(JSON.stringify([list, ...after])).toString('base64url');
}

/** Throws `validation` for what is no cursor, `cursor-outdated` for one of another list or shape. */
export function parseCursor(list: string, text: string, length: number): readonly Scalar[] {
  const [name, ...after] = valuesIn(text);
  if (name !== list) throw new Problem('cursor-outdated');
  if (after.length !== length) throw notACursor();
  return after;
}

function valuesIn(text: string): readonly Scalar[] {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    throw notACursor();
  }
  // It comes from outside: objects would reach the database as operators.
  if (!Array.isArray(values) || !values.every(isScalar)) throw notACursor();
  return values;
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function notACursor(): Problem {
  return new Problem('validation', { errors: [{ pointer: '?cursor', detail: 'has to be a nextCursor of this list' }] });
}
