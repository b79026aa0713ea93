import { MongoError } from '../values/index.js';

/**
 * The names of a field path without its `$`. Throws 40352 if it is empty, 40353 if it ends in a dot, 15998 for an empty
 * name, 16410 for one that starts with `$`, 16411 for a NUL.
 */
export function parseFieldPath(path: string): readonly string[] {
  if (path === '') throw new MongoError(40352, 'FieldPath cannot be constructed with empty string');
  if (path.endsWith('.')) throw new MongoError(40353, "FieldPath must not end with a '.'.");
  const parts = path.split('.');
  for (const part of parts) {
    if (part === '') throw new MongoError(15998, 'FieldPath field names may not be empty strings.');
    if (part.startsWith('$')) throw new MongoError(16410, `FieldPath field names may not start with '$': ${part}`);
    if (part.includes('\0')) throw new MongoError(16411, "FieldPath field names may not contain '\\0'.");
  }
  return parts;
}
