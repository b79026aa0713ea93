import { Document, isNullish, MongoError, typeName } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { CompileStage, RunStage } from '../stage.js';
import { transformation } from '../../transforming/index.js';
import { setWindowFields } from './set-window-fields.js';

const METHODS: ReadonlyMap<Value, string> = new Map<Value, string>([
  ['linear', '$linearFill'],
  ['locf', '$locf'],
]);

/**
 * `$fill`: values for null and missing fields, by an expression or from the documents around. It is made of the stages it
 * stands for. Throws 40414 without output, 40415 for unknown fields, 6050202 for a bad method, 9 and 14 for bad partitions.
 */
export const fill: CompileStage = (specification, context, name) => {
  if (!(specification instanceof Document)) throw new MongoError(9, 'the $fill stage specification must be an object');
  for (const field of specification.keys())
    if (!['partitionBy', 'partitionByFields', 'sortBy', 'output'].includes(field))
      throw new MongoError(40415, `BSON field '$fill.${field}' is an unknown field.`);
  const output = specification.get('output');
  if (!(output instanceof Document))
    throw new MongoError(output === undefined ? 40414 : 14, "BSON field '$fill.output' must be an object");
  const around = new Document();
  const computed = new Document();
  for (const [field, how] of output) {
    if (!(how instanceof Document) || how.size !== 1)
      throw new MongoError(6050200, `'${field}' in $fill must be { value } or { method }, not ${typeName(how)}`);
    const method = how.get('method');
    const value = how.get('value');
    const operator = METHODS.get(method ?? null);
    if (operator !== undefined) around.set(field, new Document([[operator, `$${field}`]]));
    else if (value !== undefined) computed.set(field, new Document([['$ifNull', [`$${field}`, value]]]));
    else throw new MongoError(6050202, "Method must be either 'locf' or 'linear'");
  }
  const runs: RunStage[] = [];
  if (around.size > 0) {
    const window = new Document([
      ['partitionBy', partitionOf(specification)],
      ['output', around],
    ]);
    const sortBy = specification.get('sortBy');
    if (sortBy !== undefined) window.set('sortBy', sortBy);
    runs.push(setWindowFields(window, context, name));
  }
  if (computed.size > 0) {
    const transform = transformation('$addFields', computed, context.query);
    runs.push(function* (input) {
      for (const document of input) yield document === undefined ? undefined : transform(document);
    });
  }
  return (input) => runs.reduce((flow, run) => run(flow), input);
};

function partitionOf(specification: Document): Value {
  const by = specification.get('partitionBy');
  const fields = specification.get('partitionByFields');
  if (by !== undefined && fields !== undefined)
    throw new MongoError(6050204, "Maximum one of 'partitionBy' and 'partitionByFields' can be specified in '$fill'");
  if (isNullish(fields)) return by ?? null;
  if (!Array.isArray(fields)) throw new MongoError(14, "BSON field '$fill.partitionByFields' must be an array");
  return new Document(
    fields.map((field) => {
      if (typeof field !== 'string') throw new MongoError(14, "'$fill.partitionByFields' must be strings");
      return [field, `$${field}`] as const;
    }),
  );
}
