import { compileExpression } from '../../expressions/index.js';
import { compare, Document, exactInteger, int32, isNumeric, MongoError, rankOf } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { CompileStage, Flow, StageContext } from '../stage.js';
import { groupField } from './group.js';
import type { GroupField } from './group.js';

function outputFields(specification: Document, context: StageContext): readonly GroupField[] {
  const output = specification.get('output') ?? new Document([['count', new Document([['$sum', int32(1)]])]]);
  if (!(output instanceof Document)) throw new MongoError(40196, "The '$bucket' 'output' field must be an object");
  return [...output].map(([name, value]) => groupField(name, value, context.query));
}

function outputDocument(id: Value, fields: readonly GroupField[], documents: readonly Document[]): Document {
  const result = new Document([['_id', id]]);
  for (const { name, make } of fields) {
    const accumulator = make();
    for (const document of documents) accumulator.add(document);
    result.set(name, accumulator.result() ?? null);
  }
  return result;
}

/** `$bucket`: groups between boundaries. Throws 40201 and others for bad boundaries, 40066 for a value outside without default. */
export const bucket: CompileStage = (specification, context) => {
  if (!(specification instanceof Document)) throw new MongoError(40201, 'Argument to $bucket stage must be an object');
  for (const name of specification.keys())
    if (!['groupBy', 'boundaries', 'default', 'output'].includes(name))
      throw new MongoError(40197, `Unrecognized option to $bucket: ${name}.`);
  const groupBy = specification.get('groupBy');
  if (groupBy === undefined || !specification.has('boundaries'))
    throw new MongoError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  if (!isExpression(groupBy))
    throw new MongoError(40202, "The $bucket 'groupBy' field must be defined as a $-prefixed path or an expression");
  const boundaries = boundariesOf(specification.get('boundaries') ?? null, context);
  const otherwise = specification.get('default');
  checkDefault(otherwise, boundaries);
  const evaluate = compileExpression(groupBy, context.query);
  const fields = outputFields(specification, context);
  return function* (input: Flow) {
    const buckets = new Map<number, Document[]>();
    for (const document of input) {
      if (document === undefined) {
        yield undefined;
        continue;
      }
      const at = bucketOf(evaluate(document), boundaries);
      if (at === undefined && otherwise === undefined)
        throw new MongoError(
          40066,
          '$switch could not find a matching branch for an input, and no default was specified.',
        );
      const place = at ?? boundaries.length;
      buckets.set(place, [...(buckets.get(place) ?? []), document]);
    }
    const keyed = [...buckets].map(([place, documents]) => ({ id: boundaries[place] ?? null, place, documents }));
    const named = keyed.map((each) => (each.place === boundaries.length ? { ...each, id: otherwise ?? null } : each));
    for (const { id, documents } of named.sort((a, b) => compare(a.id, b.id)))
      yield outputDocument(id, fields, documents);
  };
};

const isExpression = (value: Value): boolean =>
  typeof value === 'string'
    ? value.startsWith('$')
    : value instanceof Document && value.keys().next().value?.startsWith('$') === true;

function boundariesOf(value: Value, context: StageContext): readonly Value[] {
  if (!Array.isArray(value)) throw new MongoError(40200, "The $bucket 'boundaries' field must be an array");
  const boundaries = value.map((each) => compileExpression(each, context.query)(new Document()) ?? null);
  if (boundaries.length < 2) throw new MongoError(40192, "The $bucket 'boundaries' field must have at least 2 values");
  for (const [index, boundary] of boundaries.entries()) {
    const previous = boundaries[index - 1];
    if (previous === undefined) continue;
    if (rankOf(previous) !== rankOf(boundary))
      throw new MongoError(40193, "All values in the 'boundaries' option to $bucket must have the same type");
    if (compare(previous, boundary) >= 0)
      throw new MongoError(40194, "The 'boundaries' option to $bucket must be sorted");
  }
  return boundaries;
}

function checkDefault(otherwise: Value | undefined, boundaries: readonly Value[]): void {
  if (otherwise === undefined) return;
  if (compare(otherwise, boundaries[0]) >= 0 && compare(otherwise, boundaries.at(-1)) < 0)
    throw new MongoError(
      40199,
      "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary",
    );
}

function bucketOf(value: Value | undefined, boundaries: readonly Value[]): number | undefined {
  const above = boundaries.findIndex((boundary) => compare(value, boundary) < 0);
  return above <= 0 ? undefined : above - 1;
}

/** `$bucketAuto`: about equally many documents in each bucket. Throws 40239 to 40258 for bad options. */
export const bucketAuto: CompileStage = (specification, context) => {
  if (!(specification instanceof Document))
    throw new MongoError(40240, 'The argument to $bucketAuto must be an object');
  for (const name of specification.keys()) {
    if (name === 'granularity')
      throw new MongoError(40257, "'granularity' of $bucketAuto is not supported by the embedded server");
    if (!['groupBy', 'buckets', 'output'].includes(name))
      throw new MongoError(40245, `Unrecognized option to $bucketAuto: ${name}.`);
  }
  const groupBy = specification.get('groupBy');
  const buckets = specification.get('buckets');
  if (groupBy === undefined || buckets === undefined)
    throw new MongoError(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified");
  if (!isExpression(groupBy))
    throw new MongoError(
      40239,
      "The $bucketAuto 'groupBy' field must be defined as a $-prefixed path or an expression",
    );
  if (!isNumeric(buckets)) throw new MongoError(40241, "The $bucketAuto 'buckets' field must be a numeric value");
  const number = exactInteger(buckets);
  if (number === undefined) throw new MongoError(40242, "The $bucketAuto 'buckets' field must be an integer");
  if (number <= 0n) throw new MongoError(40243, "The $bucketAuto 'buckets' field must be greater than 0");
  const evaluate = compileExpression(groupBy, context.query);
  const fields = outputFields(specification, context);
  return function* (input: Flow) {
    const keyed: { key: Value; document: Document }[] = [];
    for (const document of input)
      if (document === undefined) yield undefined;
      else keyed.push({ key: evaluate(document) ?? null, document });
    keyed.sort((a, b) => compare(a.key, b.key, context.query.collation?.compare));
    yield* equalBuckets(keyed, Number(number), fields);
  };
};

function* equalBuckets(
  keyed: readonly { key: Value; document: Document }[],
  number: number,
  fields: readonly GroupField[],
): Flow {
  const size = Math.max(1, Math.round(keyed.length / number));
  for (let start = 0, made = 0; start < keyed.length; made += 1) {
    let end = made === number - 1 ? keyed.length : Math.min(keyed.length, start + size);
    // What is equal stays in one bucket.
    while (end < keyed.length && compare(keyed[end]?.key, keyed[end - 1]?.key) === 0) end += 1;
    const least = keyed[start]?.key ?? null;
    const bound = keyed[end]?.key ?? keyed[end - 1]?.key ?? null;
    const id = new Document([
      ['min', least],
      ['max', bound],
    ]);
    yield outputDocument(
      id,
      fields,
      keyed.slice(start, end).map(({ document }) => document),
    );
    start = end;
  }
}
