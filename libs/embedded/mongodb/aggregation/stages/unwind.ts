import { parseFieldPath } from '../../paths/index.js';
import { Document, MongoError } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { CompileStage, Flow } from '../stage.js';

interface Unwind {
  readonly parts: readonly string[];
  readonly indexPath: readonly string[] | undefined;
  readonly keepsEmpty: boolean;
}

/**
 * `$unwind`: a document for each element. Throws 15981 for no path, 28808 for no string, 28818 for one without `$`, 28809
 * and 28810 for bad options, 28811 for unknown ones, 28812 without a path, 28822 for an index name with `$`.
 */
export const unwind: CompileStage = (specification) => {
  const options = read(specification);
  return function* (input: Flow) {
    for (const document of input) {
      if (document === undefined) yield undefined;
      else yield* spread(document, options);
    }
  };
};

function read(specification: Value): Unwind {
  if (typeof specification === 'string')
    return { parts: prefixed(specification), indexPath: undefined, keepsEmpty: false };
  if (!(specification instanceof Document))
    throw new MongoError(15981, 'expected either a string or an object as specification for $unwind stage');
  for (const name of specification.keys())
    if (!['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(name))
      throw new MongoError(28811, `unrecognized option to $unwind stage: ${name}`);
  const path = specification.get('path');
  if (path === undefined) throw new MongoError(28812, 'no path specified to $unwind stage');
  if (typeof path !== 'string') throw new MongoError(28808, 'expected a string as the path for $unwind stage');
  const keeps = specification.get('preserveNullAndEmptyArrays') ?? false;
  if (typeof keeps !== 'boolean')
    throw new MongoError(28809, 'expected a boolean for the preserveNullAndEmptyArrays option');
  const index = specification.get('includeArrayIndex');
  if (index !== undefined && (typeof index !== 'string' || index === ''))
    throw new MongoError(28810, 'expected a non-empty string for the includeArrayIndex option to $unwind stage');
  if (index?.startsWith('$') === true)
    throw new MongoError(28822, 'includeArrayIndex option to $unwind stage should not be prefixed with a $');
  return {
    parts: prefixed(path),
    indexPath: index === undefined ? undefined : parseFieldPath(index),
    keepsEmpty: keeps,
  };
}

function prefixed(path: string): readonly string[] {
  if (path === '') throw new MongoError(28812, 'no path specified to $unwind stage');
  if (!path.startsWith('$'))
    throw new MongoError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  return parseFieldPath(path.slice(1));
}

function* spread(document: Document, { parts, indexPath, keepsEmpty }: Unwind): Iterable<Document> {
  const value = parts.reduce<Value | undefined>(
    (current, part) => (current instanceof Document ? current.get(part) : undefined),
    document,
  );
  const numbered = (result: Document, index: bigint | null): Document =>
    indexPath === undefined ? result : withValue(result, indexPath, index);
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) yield numbered(withValue(document, parts, element), BigInt(index));
    if (value.length === 0 && keepsEmpty) yield numbered(withValue(document, parts, undefined), null);
  } else if (value !== undefined && value !== null) yield numbered(document, null);
  else if (keepsEmpty) yield numbered(document, null);
}

/** A copy with a value at a path, made if it is not there; undefined removes it. */
export function withValue(document: Document, parts: readonly string[], value: Value | undefined): Document {
  const [name = '', ...rest] = parts;
  const copy = document.clone();
  if (rest.length > 0) {
    const child = copy.get(name);
    copy.set(name, withValue(child instanceof Document ? child : new Document(), rest, value));
  } else if (value === undefined) copy.delete(name);
  else copy.set(name, value);
  return copy;
}
