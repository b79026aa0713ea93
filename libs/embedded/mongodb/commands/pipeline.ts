import type { Results } from '../cursors/batch.js';
import type { QueryContext } from '../expressions/index.js';
import { matches, parseFilter } from '../matching/index.js';
import { sortDocuments, parseSort } from '../sorting/index.js';
import { transformation, transformationNames } from '../transforming/index.js';
import { Document, int32, isNumeric, keyString, MongoError, toDouble } from '../values/index.js';
import type { Value } from '../values/index.js';
import { compileExpression } from '../expressions/index.js';

/** Makes results of results; `undefined` passes through as the mark of a possible pause. */
export type Stage = (input: Results) => Results;

/** Compiles the stages of a pipeline that follow what the planner took. Throws 40324 for an unknown stage. */
export function compileStages(stages: readonly Document[], context: QueryContext): Stage {
  const compiled = stages.map((stage) => {
    const [[name, specification] = ['', null]] = stage;
    return compileStage(name, specification, context);
  });
  return (input) => compiled.reduce((results, stage) => stage(results), input);
}

function compileStage(name: string, specification: Value, context: QueryContext): Stage {
  if (transformationNames.includes(name)) return mapping(transformation(name, specification, context));
  switch (name) {
    case '$match':
      return match(asDocument(name, specification, 15959), context);
    case '$sort':
      return sort(asDocument(name, specification, 15973), context);
    case '$skip':
      return skip(asCount(name, specification, 0));
    case '$limit':
      return limit(asCount(name, specification, 1));
    case '$count':
      return count(specification);
    case '$group':
      return group(asDocument(name, specification, 15947), context);
    default:
      throw new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
  }
}

const mapping = (transform: (document: Document) => Document): Stage =>
  function* (input) {
    for (const document of iterate(input)) yield document && transform(document);
    return undefined;
  };

function match(specification: Document, context: QueryContext): Stage {
  const filter = parseFilter(specification, context);
  return function* (input) {
    for (const document of iterate(input))
      yield document !== undefined && matches(filter, document) ? document : undefined;
    return undefined;
  };
}

function sort(specification: Document, context: QueryContext): Stage {
  const fields = parseSort(specification);
  return function* (input) {
    const documents: Document[] = [];
    for (const document of iterate(input)) {
      if (document === undefined) yield undefined;
      else documents.push(document);
    }
    yield* sortDocuments(documents, fields, context.collation?.compare);
    return undefined;
  };
}

const skip = (count: number): Stage =>
  function* (input) {
    let seen = 0;
    for (const document of iterate(input)) yield document !== undefined && seen++ < count ? undefined : document;
    return undefined;
  };

const limit = (count: number): Stage =>
  function* (input) {
    let seen = 0;
    for (const document of iterate(input)) {
      yield document;
      if (document !== undefined && ++seen >= count) return undefined;
    }
    return undefined;
  };

function count(name: Value): Stage {
  if (typeof name !== 'string' || name === '' || name.startsWith('$') || name.includes('.')) {
    throw new MongoError(40156, 'the count field must be a non-empty string without $ and dots');
  }
  return function* (input) {
    let seen = 0;
    for (const document of iterate(input)) {
      if (document === undefined) yield undefined;
      else seen++;
    }
    if (seen > 0) yield new Document([[name, int32(seen)]]);
    return undefined;
  };
}

interface Group {
  readonly id: Value;
  readonly sums: number[];
}

/** Groups by an expression; the accumulator `$sum` over whole numbers counts, every other one is refused. */
function group(specification: Document, context: QueryContext): Stage {
  const id = specification.get('_id');
  if (id === undefined) throw new MongoError(15955, 'a group specification must include an _id');
  const key = compileExpression(id, context);
  const names = [...specification.keys()].filter((name) => name !== '_id');
  const constants = names.map((name) => summand(name, specification.get(name)));
  return function* (input) {
    const groups = new Map<string, Group>();
    for (const document of iterate(input)) {
      if (document === undefined) {
        yield undefined;
        continue;
      }
      const value = key(document) ?? null;
      const text = keyString([value]).toString('latin1');
      const found = groups.get(text) ?? { id: value, sums: constants.map(() => 0) };
      groups.set(text, found);
      constants.forEach((constant, at) => (found.sums[at] = (found.sums[at] ?? 0) + constant));
    }
    for (const found of groups.values()) {
      yield new Document([['_id', found.id], ...names.map((name, at) => [name, int32(found.sums[at] ?? 0)] as const)]);
    }
    return undefined;
  };
}

function summand(name: string, accumulator: Value | undefined): number {
  if (!(accumulator instanceof Document))
    throw new MongoError(40234, `The field '${name}' must be an accumulator object`);
  if (accumulator.size !== 1) throw new MongoError(40238, `The field '${name}' must specify one accumulator`);
  const constant = accumulator.get('$sum');
  if (constant === undefined) throw new MongoError(15952, `unknown group operator '${[...accumulator.keys()].join()}'`);
  if (!isNumeric(constant) || !Number.isInteger(toDouble(constant))) {
    throw new MongoError(15952, `$sum of '${name}' is supported for whole numbers only`);
  }
  return toDouble(constant);
}

function asDocument(name: string, specification: Value, code: number): Document {
  if (specification instanceof Document) return specification;
  throw new MongoError(code, `the ${name} specification must be an object`);
}

function asCount(name: string, specification: Value, least: number): number {
  const number = isNumeric(specification) ? toDouble(specification) : NaN;
  if (Number.isInteger(number) && number >= least) return number;
  throw new MongoError(
    least === 1 ? 15958 : 5107200,
    `invalid argument to ${name} stage: a whole number of at least ${least} is expected`,
  );
}

const iterate = (input: Results): Iterable<Document | undefined> => ({ [Symbol.iterator]: () => input });
