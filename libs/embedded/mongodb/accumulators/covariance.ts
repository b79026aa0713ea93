import { compileExpression } from '../expressions/index.js';
import { isNumeric, MongoError, toDouble } from '../values/index.js';
import type { AccumulatorOperator } from './accumulator.js';

/** How two expressions vary together, over the documents where both are numbers; null with too few. Throws 9 unless there are two. */
const covariance =
  (name: '$covariancePop' | '$covarianceSamp', missingDegrees: 0 | 1): AccumulatorOperator =>
  (operand, context) => {
    const [x, y, more] = Array.isArray(operand) ? operand.map((each) => compileExpression(each, context)) : [];
    if (x === undefined || y === undefined || more !== undefined)
      throw new MongoError(9, `${name} takes an array of two expressions`);
    return () => {
      let count = 0;
      let meanX = 0;
      let meanY = 0;
      let together = 0;
      return {
        add: (document) => {
          const [a, b] = [x(document), y(document)];
          if (!isNumeric(a) || !isNumeric(b)) return;
          count += 1;
          const difference = toDouble(a) - meanX;
          meanX += difference / count;
          meanY += (toDouble(b) - meanY) / count;
          together += difference * (toDouble(b) - meanY);
        },
        result: () => (count <= missingDegrees ? null : together / (count - missingDegrees)),
      };
    };
  };

export const covariancePop = covariance('$covariancePop', 0);
export const covarianceSamp = covariance('$covarianceSamp', 1);
