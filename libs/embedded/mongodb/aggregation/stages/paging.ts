import { Document, exactInteger, isNumeric, MongoError, toDouble } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { CompileStage, Flow } from '../stage.js';

/** How many `$limit` lets through. Throws 5107201 unless it is a positive whole number of 64 bits. */
export function limitOf(specification: Value): number {
  const limit = isNumeric(specification) ? exactInteger(specification) : undefined;
  if (limit === undefined || limit < 0n)
    throw new MongoError(5107201, 'invalid argument to $limit stage: Expected a non-negative number');
  if (limit === 0n) throw new MongoError(15958, 'the limit must be positive');
  return Number(limit);
}

export const limit: CompileStage = (specification) => {
  const most = limitOf(specification);
  return (input) => takeFirst(input, most);
};

/** The first documents of a flow, one at least. */
export function* takeFirst(input: Flow, most: number): Flow {
  let left = most;
  for (const document of input) {
    yield document;
    if (document !== undefined && --left === 0) return;
  }
}

/** Throws 5107200 unless it is a whole number of 64 bits that is not negative. */
export const skip: CompileStage = (specification) => {
  const count = isNumeric(specification) ? exactInteger(specification) : undefined;
  if (count === undefined || count < 0n)
    throw new MongoError(5107200, 'invalid argument to $skip stage: Expected a non-negative number');
  return function* (input: Flow) {
    let left = Number(count);
    for (const document of input)
      if (document !== undefined && left > 0) {
        left -= 1;
        if (left % 64 === 0) yield undefined;
      } else yield document;
  };
};

/** `{ size }` documents by chance. Throws 28745 to 28749. */
export const sample: CompileStage = (specification, { query }) => {
  if (!(specification instanceof Document))
    throw new MongoError(28745, 'the $sample stage specification must be an object');
  for (const name of specification.keys())
    if (name !== 'size') throw new MongoError(28748, `unrecognized option to $sample: ${name}`);
  const size = specification.get('size');
  if (size === undefined) throw new MongoError(28749, '$sample stage must specify a size');
  if (!isNumeric(size)) throw new MongoError(28746, 'size argument to $sample must be a number');
  const most = Math.trunc(toDouble(size));
  if (!(most > 0)) throw new MongoError(28747, 'size argument to $sample must be a positive integer');
  return function* (input: Flow) {
    const kept: Document[] = [];
    let seen = 0;
    for (const document of input) {
      if (document === undefined) {
        yield undefined;
        continue;
      }
      seen += 1;
      if (kept.length < most) kept.push(document);
      else {
        const at = Math.floor(query.random() * seen);
        if (at < most) kept[at] = document;
      }
    }
    yield* kept;
  };
};
