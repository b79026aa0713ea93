import { compileExpression } from '../../expressions/index.js';
import { Document, exactInteger, int32, isNullish, MongoError } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { StageContext } from '../stage.js';
import { expMovingAvg, linearFill } from './smoothing.js';
import type { Partition, WindowFunction } from './partition.js';

const number = (value: number): Value => int32(value);

/** The position of the first document that ties with the one at `index`. */
function firstOfTie({ keys, compareKeys }: Partition, index: number): number {
  let first = index;
  while (first > 0 && compareKeys(keys[first - 1] ?? [], keys[index] ?? []) === 0) first -= 1;
  return first;
}

function denseRank(partition: Partition, index: number): number {
  let rank = 1;
  for (let at = firstOfTie(partition, index); at > 0; at = firstOfTie(partition, at - 1)) rank += 1;
  return rank;
}

const withoutArgument =
  (name: string, compute: WindowFunction) =>
  (operand: Value): WindowFunction => {
    if (!(operand instanceof Document) || operand.size > 0)
      throw new MongoError(5371603, `(None) must be specified with '{}' as the value: ${name}`);
    return compute;
  };

/** `{ output, by, default }`: the value of the document `by` places further on. */
function shift(operand: Value, { query }: StageContext): WindowFunction {
  if (!(operand instanceof Document)) throw new MongoError(9, 'Argument to $shift must be an object');
  for (const name of operand.keys())
    if (!['output', 'by', 'default'].includes(name)) throw new MongoError(9, `Unknown argument in $shift: ${name}`);
  const by = exactInteger(operand.get('by'));
  if (by === undefined) throw new MongoError(9, "'$shift:by' field must be an integer");
  const output = operand.get('output');
  if (output === undefined) throw new MongoError(9, '$shift requires an output expression.');
  const evaluate = compileExpression(output, query);
  const absent = compileExpression(operand.get('default') ?? null, query)(new Document());
  return ({ documents }, index) => {
    const other = documents[index + Number(by)];
    return other === undefined ? (absent ?? null) : (evaluate(other) ?? null);
  };
}

/** The last value that was there. */
function locf(operand: Value, { query }: StageContext): WindowFunction {
  const evaluate = compileExpression(operand, query);
  return ({ documents }, index) => {
    for (let at = index; at >= 0; at -= 1) {
      const document = documents[at];
      const value = document === undefined ? undefined : evaluate(document);
      if (!isNullish(value)) return value;
    }
    return null;
  };
}

/** Window functions that look at the order instead of accumulating. */
export const rankFunctions: ReadonlyMap<string, (operand: Value, context: StageContext) => WindowFunction> = new Map([
  ['$rank', withoutArgument('$rank', (partition, index) => number(firstOfTie(partition, index) + 1))],
  ['$denseRank', withoutArgument('$denseRank', (partition, index) => number(denseRank(partition, index)))],
  ['$documentNumber', withoutArgument('$documentNumber', (_, index) => number(index + 1))],
  ['$shift', shift],
  ['$locf', locf],
  ['$expMovingAvg', expMovingAvg],
  ['$linearFill', linearFill],
]);
