/**
 * The document as any database gives it back: without `undefined`, and with names that no database reads as operators
 * or paths. Left to the database, a batch would go on with another document than a later batch loads.
 * Throws for what cannot be kept.
 */
export function storable(document: object): object {
  for (const name in document) {
    if (name.startsWith('_')) throw new Error(`field ${name}: names that begin with _ are the engine's`);
  }
  return clean(document, '') as object;
}

function clean(value: unknown, path: string): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw new Error(`field ${path}: ${value} cannot be kept`);
      return value;
    case 'object':
      if (value === null) return value;
      return Array.isArray(value) ? cleanArray(value, path) : cleanObject(value as Record<string, unknown>, path);
    default:
      throw new Error(`field ${path}: a ${typeof value} cannot be kept`);
  }
}

function cleanArray(array: readonly unknown[], path: string): readonly unknown[] {
  let changed: unknown[] | undefined;
  for (let index = 0; index < array.length; index++) {
    const kept = clean(array[index], `${path}[${index}]`);
    if (kept !== array[index]) (changed ??= [...array])[index] = kept;
  }
  return changed ?? array;
}

function cleanObject(object: Record<string, unknown>, path: string): object {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) throw new Error(`field ${path}: not a plain object`);
  let changed = false;
  for (const name in object) {
    if (name === '' || name === '__proto__' || name.startsWith('$') || name.includes('.') || name.includes('\0')) {
      throw new Error(`field ${path}: "${name}" cannot be a field name; keep such data as a list of {key, value}`);
    }
    const value = object[name];
    if (value === undefined || clean(value, name) !== value) {
      changed = true;
      break;
    }
  }
  if (!changed) return object;
  return Object.fromEntries(
    Object.entries(object)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, clean(value, path === '' ? name : `${path}.${name}`)]),
  );
}
