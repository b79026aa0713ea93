import { countToKeep } from '../../accumulators/count-to-keep.js';
import { percentileOptions, percentiles } from '../../accumulators/percentiles.js';
import { avg, max, mergeObjects, min, stdDevPop, stdDevSamp, sum } from '../../accumulators/folds.js';
import type { FoldOperator } from '../../accumulators/folds.js';
import { compare, Document, isNullish, MongoError, typeName } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { Operator, OperatorGroup } from '../node.js';
import { argument, namedArguments, operands } from './arguments.js';

/** An accumulator over its operands; a single one that is an array stands for its elements. */
const over = (name: string, fold: FoldOperator): [string, Operator] => [
  name,
  (operand, scope) => {
    const nodes = operands(operand, scope);
    return (frame) => {
      const values = nodes.map((node) => node(frame));
      const [only] = values;
      const { add, result } = fold(scope.context);
      for (const value of values.length === 1 && Array.isArray(only) ? only : values) add(value);
      return result();
    };
  },
];

type Choose = (array: readonly Value[], count: number, order: (a: Value, b: Value) => number) => Value[];

/** `{ input, n }` over an array. */
const several = (name: string, choose: Choose): [string, Operator] => [
  name,
  (operand, scope) => {
    const named = namedArguments(name, operand, ['n', 'input'], [], {
      notObject: 5787801,
      unknown: 5787901,
      missing: 5787906,
    });
    const [input, count] = [argument(named, 'input', scope), argument(named, 'n', scope)];
    const order = (a: Value, b: Value): number => compare(a, b, scope.context.collation?.compare);
    return (frame) => {
      const most = countToKeep(count(frame));
      const array = input(frame);
      if (!Array.isArray(array))
        throw new MongoError(5788200, `Input must be an array in ${name}, not ${typeName(array)}`);
      return choose(array, most, order);
    };
  },
];

/** `$median` and `$percentile` of the elements of an array, or of a single number. */
const overNumbers = (name: '$median' | '$percentile'): [string, Operator] => [
  name,
  (operand, scope) => {
    const { input, portions, single } = percentileOptions(name, operand, (expression) =>
      scope.compile(expression)({ root: new Document(), slots: [] }),
    );
    const node = scope.compile(input);
    return (frame) => {
      const value = node(frame);
      const found = percentiles(Array.isArray(value) ? value : [value], portions);
      return single ? (found[0] ?? null) : found;
    };
  },
];

const present = (array: readonly Value[]): Value[] => array.filter((value) => !isNullish(value));

/** Accumulators where they stand as expressions: over the elements of an array. */
export const accumulationOperators: OperatorGroup = new Map<string, Operator>([
  over('$sum', sum),
  over('$avg', avg),
  over('$min', min),
  over('$max', max),
  over('$stdDevPop', stdDevPop),
  over('$stdDevSamp', stdDevSamp),
  over('$mergeObjects', mergeObjects),
  overNumbers('$median'),
  overNumbers('$percentile'),
  several('$firstN', (array, count) => array.slice(0, count)),
  several('$lastN', (array, count) => array.slice(-count)),
  several('$minN', (array, count, order) => present(array).sort(order).slice(0, count)),
  several('$maxN', (array, count, order) =>
    present(array)
      .sort((a, b) => order(b, a))
      .slice(0, count),
  ),
]);
