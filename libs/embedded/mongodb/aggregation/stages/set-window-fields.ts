import { windowAccumulators } from '../../accumulators/index.js';
import { compileExpression } from '../../expressions/index.js';
import { parseFieldPath } from '../../paths/index.js';
import { compareSortKeys, parseSort, sortKeyOf } from '../../sorting/index.js';
import type { SortField } from '../../sorting/index.js';
import { Document, keyString, MongoError, typeName } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { CompileStage, Flow, StageContext } from '../stage.js';
import type { Partition, WindowFunction } from './partition.js';
import { rankFunctions } from './window-functions.js';
import { derivative, integral } from './slope.js';
import { parseWindow } from './window.js';
import type { Window } from './window.js';
import { withValue } from './unwind.js';

interface Output {
  readonly path: readonly string[];
  readonly compute: WindowFunction;
}

/**
 * `$setWindowFields`. Throws 9 for no object and wrong types, 40414 without `output`, 40415 for unknown fields, 5371601 and
 * 5371602 where a function needs a sort.
 */
export const setWindowFields: CompileStage = (specification, context) => {
  if (!(specification instanceof Document))
    throw new MongoError(9, 'the $setWindowFields stage specification must be an object');
  for (const name of specification.keys())
    if (!['partitionBy', 'sortBy', 'output'].includes(name))
      throw new MongoError(40415, `BSON field '$setWindowFields.${name}' is an unknown field.`);
  const output = specification.get('output');
  if (output === undefined)
    throw new MongoError(40414, "BSON field '$setWindowFields.output' is missing but a required field");
  if (!(output instanceof Document)) throw new MongoError(14, "BSON field '$setWindowFields.output' must be an object");
  const partitionBy = compileExpression(specification.get('partitionBy') ?? null, context.query);
  const fields = sortOf(specification.get('sortBy'));
  const outputs = [...output].map(([name, value]) => outputOf(name, value, fields, context));
  return (input) => run(input, partitionBy, fields, outputs, context);
};

const SLOPES = new Map([
  ['$derivative', derivative],
  ['$integral', integral],
]);

function sortOf(value: Value | undefined): readonly SortField[] {
  if (value === undefined) return [];
  if (!(value instanceof Document)) throw new MongoError(14, "BSON field '$setWindowFields.sortBy' must be an object");
  return parseSort(value);
}

function outputOf(name: string, value: Value, sort: readonly SortField[], context: StageContext): Output {
  const path = parseFieldPath(name);
  if (!(value instanceof Document))
    throw new MongoError(9, `The field '${name}' must be an object, not ${typeName(value)}`);
  const functions = [...value].filter(([field]) => field !== 'window');
  const [only, other] = functions;
  if (only === undefined || other !== undefined)
    throw new MongoError(9, `'${name}' in $setWindowFields 'output' must specify exactly one window function`);
  const [operator, operand] = only;
  const rank = rankFunctions.get(operator);
  if (rank !== undefined) {
    if (value.has('window'))
      throw new MongoError(5371601, `Rank style window functions take no other arguments: ${operator}`);
    if (sort.length === 0)
      throw new MongoError(5371602, `${operator} must be specified with a top level sortBy expression`);
    return { path, compute: rank(operand, context) };
  }
  const slope = SLOPES.get(operator);
  if (slope !== undefined) {
    if (sort.length !== 1) throw new MongoError(5371602, `${operator} requires a sortBy of one field`);
    return { path, compute: slope(operand, context, parseWindow(value.get('window'), sort)) };
  }
  const compile = windowAccumulators.get(operator);
  if (compile === undefined) throw new MongoError(9, `Unrecognized window function, ${operator}`);
  const make = compile(operand, context.query);
  const window = parseWindow(value.get('window'), sort);
  return { path, compute: (partition, index) => accumulate(partition, index, window, make) };
}

function accumulate(
  partition: Partition,
  index: number,
  window: Window,
  make: ReturnType<NonNullable<ReturnType<typeof windowAccumulators.get>>>,
): Value | undefined {
  const accumulator = make();
  const [from, to] = window(partition, index);
  for (const document of partition.documents.slice(Math.max(0, from), Math.max(0, to + 1))) accumulator.add(document);
  return accumulator.result() ?? null;
}

function* run(
  input: Flow,
  partitionBy: (document: Document) => Value | undefined,
  fields: readonly SortField[],
  outputs: readonly Output[],
  context: StageContext,
): Flow {
  const partitions = new Map<string, { readonly value: Value; readonly documents: Document[] }>();
  for (const document of input) {
    if (document === undefined) {
      yield undefined;
      continue;
    }
    const value = partitionBy(document) ?? null;
    if (Array.isArray(value))
      throw new MongoError(14, 'An expression used to partition cannot evaluate to value of type array');
    const key = keyString([value]).toString('latin1');
    const partition = partitions.get(key) ?? { value, documents: [] };
    partition.documents.push(document);
    partitions.set(key, partition);
  }
  const compareKeys = compareSortKeys(fields, context.query.collation?.compare);
  // The partitions come out in the order of their values, as if the sort had begun with them.
  for (const [, { documents }] of [...partitions].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const keyed = documents
      .map((document) => ({ document, key: fields.length === 0 ? [] : sortKeyOf(document, fields, compareKeys) }))
      .sort((a, b) => compareKeys(a.key, b.key));
    const partition = {
      documents: keyed.map(({ document }) => document),
      keys: keyed.map(({ key }) => key),
      compareKeys,
    };
    for (const [index, document] of partition.documents.entries()) {
      if (index % 64 === 63) yield undefined;
      yield outputs.reduce((result, { path, compute }) => withValue(result, path, compute(partition, index)), document);
    }
  }
}
