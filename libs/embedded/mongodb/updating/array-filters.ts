import type { QueryContext } from '../expressions/index.js';
import { matches, parseFilter } from '../matching/index.js';
import { Document, MongoError, typeName } from '../values/index.js';
import type { Value } from '../values/index.js';

/** Which elements an identifier of a path (`$[id]`) stands for. */
export type ArrayFilters = ReadonlyMap<string, (element: Value) => boolean>;

/** Throws 14 for a filter that is no object, 9 for none or several top-level names or an identifier used twice, 2 for a bad one. */
export function parseArrayFilters(filters: readonly Value[], context: QueryContext): ArrayFilters {
  const parsed = new Map<string, (element: Value) => boolean>();
  for (const filter of filters) {
    if (!(filter instanceof Document))
      throw new MongoError(14, `Array filters must be objects, not ${typeName(filter)}`);
    const expression = parseFilter(filter, context);
    const identifier = identifierOf(filter);
    if (parsed.has(identifier))
      throw new MongoError(9, `Found multiple array filters with the same top-level field name ${identifier}`);
    parsed.set(identifier, (element) => matches(expression, new Document([[identifier, element]])));
  }
  return parsed;
}

function identifierOf(filter: Document): string {
  const names = new Set<string>();
  collectNames(filter, names);
  const [identifier, other] = names;
  if (identifier === undefined)
    throw new MongoError(9, 'Cannot use an expression without a top-level field name in arrayFilters');
  if (other !== undefined)
    throw new MongoError(
      9,
      `Error parsing array filter: Expected a single top-level field name, found '${identifier}' and '${other}'`,
    );
  if (!/^[a-z][a-zA-Z0-9]*$/.test(identifier))
    throw new MongoError(
      2,
      `Error parsing array filter: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${identifier}'`,
    );
  return identifier;
}

function collectNames(filter: Document, names: Set<string>): void {
  for (const [name, value] of filter) {
    if (!name.startsWith('$')) names.add(name.split('.')[0] ?? '');
    else if (Array.isArray(value))
      for (const branch of value) if (branch instanceof Document) collectNames(branch, names);
  }
}
