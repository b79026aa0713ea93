import { arrayIndex, splitPath } from '../../paths/index.js';
import { Document, MongoError, typeName } from '../../values/index.js';
import type { Value } from '../../values/index.js';

/** Refuses `$`, `$[]` and `$[id]` in the paths of `$rename`. Throws 2. */
export function checkStaticPath(role: 'source' | 'destination', path: string): void {
  if (splitPath(path).some((part) => part === '$' || part.startsWith('$[')))
    throw new MongoError(2, `The ${role} field for $rename may not be dynamic: ${path}`);
}

/** The value at a path of `$rename`; undefined if missing. Throws 2 where the path passes an array, 28 where it cannot go on. */
export function valueAtStaticPath(role: 'source' | 'destination', document: Document, path: string): Value | undefined {
  let value: Value | undefined = document;
  for (const part of splitPath(path)) {
    if (value === undefined) return undefined;
    if (Array.isArray(value) && arrayIndex(part) !== undefined)
      throw new MongoError(2, `The ${role} field cannot be an array element, '${path}' in doc passes an array`);
    if (!(value instanceof Document))
      throw new MongoError(28, `Cannot use the part (${part}) of (${path}) to traverse a ${typeName(value)}`);
    value = value.get(part);
  }
  return value;
}
