import { parseFieldPath } from '../../paths/index.js';
import { compileExpression, follow } from '../../expressions/index.js';
import { parseFilter } from '../../matching/index.js';
import { bsonUndefined, Document, MongoError, Regex, typeName } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { CompileStage, Flow, StageContext } from '../stage.js';
import { checkUserVariable } from '../../expressions/index.js';
import { withValue } from './unwind.js';

const names = ['from', 'localField', 'foreignField', 'as', 'let', 'pipeline'];

/** What `$lookup` says. */
interface Lookup {
  readonly from: string | undefined;
  readonly as: readonly string[];
  readonly equality: { readonly local: readonly string[]; readonly foreign: string } | undefined;
  readonly variables: readonly (readonly [string, (document: Document) => Value | undefined])[];
  readonly pipeline: readonly Value[];
}

/**
 * `$lookup`, by equal fields, by a pipeline with variables, or both. Throws 9 for missing or unknown arguments and wrong
 * types, 40319 for no object.
 */
export const lookup: CompileStage = (specification, context) => {
  const parsed = parse(specification, context);
  // Mistakes in the pipeline are found before any document is; its variables are only known with one.
  compileInner(parsed, context, new Map(parsed.variables.map(([name]) => [name, undefined])));
  return function* (input: Flow) {
    for (const document of input) {
      if (document === undefined) {
        yield undefined;
        continue;
      }
      const found: Value[] = [];
      for (const foreign of foreignDocuments(document, parsed, context))
        if (foreign === undefined) yield undefined;
        else found.push(foreign);
      yield withValue(document, parsed.as, found);
    }
  };
};

function parse(specification: Value, context: StageContext): Lookup {
  if (!(specification instanceof Document))
    throw new MongoError(9, 'the $lookup stage specification must be an object');
  for (const name of specification.keys())
    if (!names.includes(name)) throw new MongoError(9, `unknown argument to $lookup: ${name}`);
  const text = (name: string): string | undefined => {
    const value = specification.get(name);
    if (value !== undefined && typeof value !== 'string')
      throw new MongoError(9, `$lookup argument '${name}' must be a string, found ${typeName(value)}`);
    return value;
  };
  const [from, as, local, foreign] = ['from', 'as', 'localField', 'foreignField'].map(text);
  if (as === undefined) throw new MongoError(9, "must specify 'as' field for a $lookup");
  const pipeline = specification.get('pipeline');
  if (pipeline !== undefined && !Array.isArray(pipeline))
    throw new MongoError(14, "$lookup argument 'pipeline' must be an array");
  if (from === undefined && !startsWithDocuments(pipeline))
    throw new MongoError(9, "must specify 'from' field for a $lookup");
  if ((local === undefined) !== (foreign === undefined) || (local === undefined && pipeline === undefined))
    throw new MongoError(9, "$lookup requires both or neither of 'localField' and 'foreignField' to be specified");
  const variables = specification.get('let') ?? new Document();
  if (!(variables instanceof Document))
    throw new MongoError(9, `$lookup argument 'let' must be an object, is type ${typeName(variables)}`);
  if (pipeline === undefined && variables.size > 0)
    throw new MongoError(9, "$lookup with a 'let' argument needs a 'pipeline'");
  return {
    from,
    as: parseFieldPath(as),
    equality:
      local === undefined || foreign === undefined
        ? undefined
        : { local: parseFieldPath(local), foreign: parseFieldPath(foreign).join('.') },
    variables: [...variables].map(([name, value]) => {
      checkUserVariable(name);
      return [name, compileExpression(value, context.query)] as const;
    }),
    pipeline: pipeline ?? [],
  };
}

const startsWithDocuments = (pipeline: Value | undefined): boolean =>
  Array.isArray(pipeline) && pipeline[0] instanceof Document && pipeline[0].has('$documents');

function compileInner({ pipeline }: Lookup, context: StageContext, variables: ReadonlyMap<string, Value | undefined>) {
  const query = { ...context.query, variables: new Map([...context.query.variables, ...variables]) };
  return context.compile(pipeline, { ...context, query });
}

function foreignDocuments(document: Document, lookupOf: Lookup, context: StageContext): Flow {
  const values = new Map(lookupOf.variables.map(([name, evaluate]) => [name, evaluate(document)]));
  const inner = compileInner(lookupOf, context, values);
  if (inner.source !== undefined) return inner.run(inner.source());
  const { selection } = inner;
  const { equality, from = '' } = lookupOf;
  if (equality === undefined) return inner.run(context.sources.find(from, selection));
  const filter = parseFilter(equalityFilter(document, equality.local, equality.foreign), context.query);
  const both = { kind: 'and', children: [filter, selection.filter] } as const;
  return inner.run(context.sources.find(from, { ...selection, filter: both }));
}

/** Any of the local values equals any of the foreign ones; a missing local value is null, an array stands for its elements. */
function equalityFilter(document: Document, local: readonly string[], foreign: string): Document {
  const value = follow(document, local, 0);
  const wanted = (Array.isArray(value) ? [...value, value] : [value]).map((each) =>
    each === undefined || each === bsonUndefined ? null : each,
  );
  const regexes = wanted.filter((each) => each instanceof Regex);
  const others = wanted.filter((each) => !(each instanceof Regex));
  const isOneOf = new Document([[foreign, new Document([['$in', others]])]]);
  if (regexes.length === 0) return isOneOf;
  // `$in` would take a regex for a pattern; here it is a value like any other.
  const branches = regexes.map((regex) => new Document([[foreign, new Document([['$eq', regex]])]]));
  return new Document([['$or', [isOneOf, ...branches]]]);
}

/** `$unionWith`: the documents of another collection, through a pipeline, after the own ones. Throws 9, 14, 40415. */
export const unionWith: CompileStage = (specification, context) => {
  const { coll, pipeline } = unionOf(specification);
  const inner = context.compile(pipeline, context);
  return function* (input: Flow) {
    yield* input;
    yield* inner.run(inner.source?.() ?? context.sources.find(coll, inner.selection));
  };
};

function unionOf(specification: Value): { readonly coll: string; readonly pipeline: readonly Value[] } {
  if (typeof specification === 'string') return { coll: specification, pipeline: [] };
  if (!(specification instanceof Document))
    throw new MongoError(
      9,
      `the $unionWith stage specification must be an object or string, but found ${typeName(specification)}`,
    );
  for (const name of specification.keys())
    if (name !== 'coll' && name !== 'pipeline')
      throw new MongoError(40415, `BSON field '$unionWith.${name}' is an unknown field.`);
  const coll = specification.get('coll');
  const pipeline = specification.get('pipeline') ?? [];
  if (!Array.isArray(pipeline)) throw new MongoError(14, "BSON field '$unionWith.pipeline' must be an array");
  if (coll !== undefined && typeof coll !== 'string')
    throw new MongoError(14, "BSON field '$unionWith.coll' must be a string");
  if (coll === undefined && !startsWithDocuments(pipeline))
    throw new MongoError(
      9,
      '$unionWith stage without explicit collection must have a pipeline with $documents as first stage',
    );
  return { coll: coll ?? '', pipeline };
}
