import { compileExpression } from '../../expressions/index.js';
import { addUnits, units, utc } from '../../dates/index.js';
import type { Unit } from '../../dates/index.js';
import { DateTime, Document, isNumeric, MongoError, toDouble } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { StageContext } from '../stage.js';
import type { Partition, WindowFunction } from './partition.js';
import type { Window } from './window.js';

/** Units that always last the same: the others cannot be a measure of time here. */
const FIXED: readonly Unit[] = ['week', 'day', 'hour', 'minute', 'second', 'millisecond'];

/** What stands on the axis that the window is sorted by, in units for dates. */
type Axis = (partition: Partition, index: number) => number;

/** `{ input, unit }` of `$derivative` and `$integral`. Throws 9 for anything else, 5624900 where dates and units do not go together. */
function parse(
  name: string,
  operand: Value,
  { query }: StageContext,
): { readonly input: (document: Document) => Value | undefined; readonly axis: Axis } {
  if (!(operand instanceof Document)) throw new MongoError(9, `Argument to ${name} must be an object`);
  for (const field of operand.keys())
    if (field !== 'input' && field !== 'unit') throw new MongoError(9, `${name} got unexpected argument: ${field}`);
  const input = operand.get('input');
  if (input === undefined) throw new MongoError(9, `${name} requires an 'input' expression`);
  const named = operand.get('unit');
  const unit = units.find((each) => each === named);
  if (named !== undefined && (unit === undefined || !FIXED.includes(unit)))
    throw new MongoError(5490710, `unit must be 'week' or smaller`);
  const length = unit === undefined ? undefined : addUnits(0, unit, 1, utc);
  return { input: compileExpression(input, query), axis: axisOf(name, length) };
}

const axisOf =
  (name: string, length: number | undefined): Axis =>
  ({ keys }, index) => {
    const at = keys[index]?.[0];
    if (length !== undefined && at instanceof DateTime) return Number(at.ms) / length;
    if (length === undefined && isNumeric(at)) return toDouble(at);
    throw new MongoError(5624900, `${name}: the sortBy must be a number, or a date with 'unit'`);
  };

const numberOf = (value: Value | undefined): number | undefined => {
  if (value instanceof DateTime) return Number(value.ms);
  return isNumeric(value) ? toDouble(value) : undefined;
};

/** The slope between the ends of the window; null for a window of one. */
export function derivative(operand: Value, context: StageContext, window: Window): WindowFunction {
  const { input, axis } = parse('$derivative', operand, context);
  return (partition, index) => {
    const [from, to] = inside(window(partition, index), partition);
    const [first, last] = [partition.documents[from], partition.documents[to]];
    if (first === undefined || last === undefined || to <= from) return null;
    const [a, b] = [numberOf(input(first)), numberOf(input(last))];
    const run = axis(partition, to) - axis(partition, from);
    return a === undefined || b === undefined || run === 0 ? null : (b - a) / run;
  };
}

/** The area under the window, by trapezoids. */
export function integral(operand: Value, context: StageContext, window: Window): WindowFunction {
  const { input, axis } = parse('$integral', operand, context);
  return (partition, index) => {
    const [from, to] = inside(window(partition, index), partition);
    let area = 0;
    for (let at = from + 1; at <= to; at += 1) {
      const [a, b] = [partition.documents[at - 1], partition.documents[at]].map((document) =>
        document === undefined ? undefined : numberOf(input(document)),
      );
      if (a !== undefined && b !== undefined) area += ((a + b) / 2) * (axis(partition, at) - axis(partition, at - 1));
    }
    return to < from ? null : area;
  };
}

const inside = ([from, to]: readonly [number, number], { documents }: Partition): readonly [number, number] => [
  Math.max(0, from),
  Math.min(documents.length - 1, to),
];
