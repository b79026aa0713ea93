import { compileExpression } from '../expressions/index.js';
import type { QueryContext } from '../expressions/index.js';
import { parseAddFields, parseProjection } from '../projecting/index.js';
import { Document, MongoError, typeName } from '../values/index.js';
import type { Value } from '../values/index.js';

/** Makes one document of one document. */
export type Transformation = (document: Document) => Document;

type CompileStage = (specification: Value, context: QueryContext, name: string) => Transformation;

const stages: ReadonlyMap<string, CompileStage> = new Map<string, CompileStage>([
  ['$addFields', (specification, context, name) => parseAddFields(name, specification, context)],
  ['$set', (specification, context, name) => parseAddFields(name, specification, context)],
  ['$project', project],
  ['$unset', unset],
  ['$replaceRoot', replaceRoot],
  ['$replaceWith', replaceWith],
]);

/** The stages that make one document of one document, by name: for pipelines and for updates by pipeline. */
export const transformationNames: readonly string[] = [...stages.keys()];

/** Compiles one of `transformationNames`. Throws the codes of the stage's own mistakes. */
export function transformation(name: string, specification: Value, context: QueryContext): Transformation {
  const compile = stages.get(name);
  if (compile === undefined) throw new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
  return compile(specification, context, name);
}

function project(specification: Value, context: QueryContext): Transformation {
  if (!(specification instanceof Document)) throw new MongoError(15969, '$project specification must be an object');
  if (specification.size === 0)
    throw new MongoError(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  return parseProjection(specification, context, 'aggregation').project;
}

function unset(specification: Value, context: QueryContext): Transformation {
  const names = Array.isArray(specification) ? specification : [specification];
  if (names.length === 0)
    throw new MongoError(31119, '$unset specification must be a string or an array with at least one field');
  const dropped = names.map((name) => {
    if (typeof name !== 'string')
      throw new MongoError(
        Array.isArray(specification) ? 31120 : 31002,
        '$unset specification must be a string or an array containing only string values',
      );
    return [name, false] as const;
  });
  return parseProjection(new Document(dropped), context, 'aggregation').project;
}

function replaceRoot(specification: Value, context: QueryContext): Transformation {
  if (!(specification instanceof Document))
    throw new MongoError(
      40229,
      `expected an object as specification for $replaceRoot stage, got ${typeName(specification)}`,
    );
  for (const name of specification.keys())
    if (name !== 'newRoot') throw new MongoError(40415, `BSON field '$replaceRoot.${name}' is an unknown field.`);
  const newRoot = specification.get('newRoot');
  if (newRoot === undefined)
    throw new MongoError(40414, "BSON field '$replaceRoot.newRoot' is missing but a required field");
  return replaceWith(newRoot, context);
}

function replaceWith(expression: Value, context: QueryContext): Transformation {
  const evaluate = compileExpression(expression, context);
  return (document) => {
    const root = evaluate(document);
    if (!(root instanceof Document))
      throw new MongoError(
        40228,
        `'replacement document' must evaluate to an object, but resulting value was of type ${typeName(root)}`,
      );
    return root;
  };
}
