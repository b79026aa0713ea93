import type { Field, FieldKind } from './catalogue.js';

type Values = Readonly<Record<string, unknown>>;

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const isString = (value: unknown): boolean => typeof value === 'string';

const fits: Readonly<Record<FieldKind | 'text', (value: unknown) => boolean>> = {
  id: isString,
  code: isString,
  label: isString,
  staff: isString,
  hint: isString,
  sealed: isString,
  hash: isString,
  text: isString,
  instant: (value) => typeof value === 'string' && instant.test(value),
  number: (value) => Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  json: () => true,
};

export const noNames: ReadonlySet<string> = new Set();

function fieldFits(field: Field, value: unknown): boolean {
  if (value === undefined) return field.optional;
  if (!field.list) return fits[field.kind](value);
  return Array.isArray(value) && value.every(fits[field.kind]);
}

/**
 * Name of the first field that the catalogue does not expect, misses or expects to be of another kind.
 * Only the name: the value may be personal. Of `unread` ones only the names are looked at.
 */
export function misfit(
  fields: Readonly<Record<string, Field>>,
  values: Values,
  unread: ReadonlySet<string> = noNames,
): string | undefined {
  for (const name in fields) {
    const field = fields[name];
    if (field && !unread.has(name) && !fieldFits(field, values[name])) return name;
  }
  return Object.keys(values).find((name) => !Object.hasOwn(fields, name));
}
