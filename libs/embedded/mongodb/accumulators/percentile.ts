import { compileExpression } from '../expressions/index.js';
import { Document } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { AccumulatorOperator } from './accumulator.js';
import { percentileOptions, percentiles } from './percentiles.js';

const accumulating =
  (name: '$median' | '$percentile'): AccumulatorOperator =>
  (operand, context) => {
    const { input, portions, single } = percentileOptions(name, operand, (expression) =>
      compileExpression(expression, context)(new Document()),
    );
    const evaluate = compileExpression(input, context);
    return () => {
      const values: (Value | undefined)[] = [];
      return {
        add: (document) => {
          values.push(evaluate(document));
        },
        result: () => {
          const found = percentiles(values, portions);
          return single ? (found[0] ?? null) : found;
        },
      };
    };
  };

export const median = accumulating('$median');
export const percentile = accumulating('$percentile');
