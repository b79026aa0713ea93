import { compileExpression } from '../expressions/index.js';
import { Document, int32, MongoError } from '../values/index.js';
import type { AccumulatorOperator } from './accumulator.js';
import { covariancePop, covarianceSamp } from './covariance.js';
import { median, percentile } from './percentile.js';
import * as folds from './folds.js';
import type { FoldOperator } from './folds.js';
import * as several from './several.js';

export type { Accumulator, AccumulatorOperator } from './accumulator.js';

/** Accumulates the values of one expression. Throws 40237 for an array of operands. */
const folding =
  (name: string, fold: FoldOperator): AccumulatorOperator =>
  (operand, context) => {
    if (Array.isArray(operand) && operand.length !== 1)
      throw new MongoError(40237, `The ${name} accumulator is a unary operator`);
    const evaluate = compileExpression(Array.isArray(operand) ? (operand[0] ?? null) : operand, context);
    return () => {
      const { add, result } = fold(context);
      return {
        add: (document) => {
          add(evaluate(document));
        },
        result,
      };
    };
  };

const count: AccumulatorOperator = (operand, context) => {
  if (!(operand instanceof Document) || operand.size > 0)
    throw new MongoError(14, '$count takes no arguments, i.e. $count:{}');
  return folding('$count', folds.sum)(int32(1), context);
};

/** Every accumulator of `$group`, by name. */
export const accumulators: ReadonlyMap<string, AccumulatorOperator> = new Map<string, AccumulatorOperator>([
  ['$sum', folding('$sum', folds.sum)],
  ['$avg', folding('$avg', folds.avg)],
  ['$min', folding('$min', folds.min)],
  ['$max', folding('$max', folds.max)],
  ['$first', folding('$first', folds.first)],
  ['$last', folding('$last', folds.last)],
  ['$push', folding('$push', folds.push)],
  ['$addToSet', folding('$addToSet', folds.addToSet)],
  ['$mergeObjects', folding('$mergeObjects', folds.mergeObjects)],
  ['$stdDevPop', folding('$stdDevPop', folds.stdDevPop)],
  ['$stdDevSamp', folding('$stdDevSamp', folds.stdDevSamp)],
  ['$count', count],
  ['$firstN', several.firstN],
  ['$lastN', several.lastN],
  ['$minN', several.minN],
  ['$maxN', several.maxN],
  ['$top', several.top],
  ['$topN', several.topN],
  ['$bottom', several.bottom],
  ['$bottomN', several.bottomN],
  ['$median', median],
  ['$percentile', percentile],
]);

/** Those that only windows have. */
export const windowAccumulators: ReadonlyMap<string, AccumulatorOperator> = new Map([
  ...accumulators,
  ['$covariancePop', covariancePop],
  ['$covarianceSamp', covarianceSamp],
]);
