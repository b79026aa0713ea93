import { compileExpression } from '../../expressions/index.js';
import { DateTime, Document, exactInteger, isNullish, isNumeric, MongoError, toDouble } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { StageContext } from '../stage.js';
import type { Partition, WindowFunction } from './partition.js';

/** `{ input, N }` or `{ input, alpha }`: a mean in which what is further back weighs less. Throws 9, 5433600 for anything else. */
export function expMovingAvg(operand: Value, { query }: StageContext): WindowFunction {
  if (!(operand instanceof Document)) throw new MongoError(9, '$expMovingAvg must have an object argument');
  const input = operand.get('input');
  if (input === undefined || operand.size !== 2 || operand.has('N') === operand.has('alpha'))
    throw new MongoError(9, '$expMovingAvg takes exactly an input and either N or alpha');
  const alpha = operand.has('N') ? 2 / (wholePositive(operand.get('N')) + 1) : portion(operand.get('alpha'));
  const evaluate = compileExpression(input, query);
  return ({ documents }, index) => {
    let mean: number | undefined;
    for (const document of documents.slice(0, index + 1)) {
      const value = evaluate(document);
      if (isNumeric(value)) mean = mean === undefined ? toDouble(value) : toDouble(value) * alpha + mean * (1 - alpha);
    }
    return mean ?? null;
  };
}

function wholePositive(value: Value | undefined): number {
  const number = exactInteger(value);
  if (number === undefined || number <= 0n) throw new MongoError(9, "'N' of $expMovingAvg must be a positive integer");
  return Number(number);
}

function portion(value: Value | undefined): number {
  const number = isNumeric(value) ? toDouble(value) : NaN;
  if (!(number > 0 && number < 1))
    throw new MongoError(9, "'alpha' of $expMovingAvg must be between 0 and 1 (exclusive)");
  return number;
}

/** Between two known values the missing ones lie on a straight line over the sort key; outside of them they are null. */
export function linearFill(operand: Value, { query }: StageContext): WindowFunction {
  const evaluate = compileExpression(operand, query);
  return (partition, index) => {
    const known = (at: number): number | undefined => numberAt(partition, at, evaluate);
    const own = partition.documents[index];
    const value = own === undefined ? undefined : evaluate(own);
    if (!isNullish(value)) return value;
    let [before, after] = [index - 1, index + 1];
    while (before >= 0 && known(before) === undefined) before -= 1;
    while (after < partition.documents.length && known(after) === undefined) after += 1;
    const [a, b] = [known(before), known(after)];
    if (a === undefined || b === undefined) return null;
    const [x, from, to] = [axisAt(partition, index), axisAt(partition, before), axisAt(partition, after)];
    if (from === to || x === from) throw new MongoError(6050106, 'There can be no repeated values in the sort field');
    return a + ((b - a) * (x - from)) / (to - from);
  };
}

function numberAt(
  { documents }: Partition,
  at: number,
  evaluate: (document: Document) => Value | undefined,
): number | undefined {
  const document = documents[at];
  const value = document === undefined ? undefined : evaluate(document);
  if (isNullish(value)) return undefined;
  if (!isNumeric(value)) throw new MongoError(14, '$linearFill fills between numbers only');
  return toDouble(value);
}

function axisAt({ keys }: Partition, at: number): number {
  const key = keys[at]?.[0];
  if (key instanceof DateTime) return Number(key.ms);
  if (isNumeric(key)) return toDouble(key);
  throw new MongoError(14, 'the sortBy of $linearFill must be numeric or a date');
}
