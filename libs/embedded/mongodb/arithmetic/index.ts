export { add, becomesDouble, multiply, remainder, subtract } from './arithmetic.js';
export type { OnOverflow } from './arithmetic.js';
export { decimalAdd, decimalDivide, decimalFromParts, decimalNegate, toDecimal } from './decimal.js';
export { RunningSum } from './sum.js';
export { applyReal, Precise, rounded } from './real.js';
export type { RealFunction } from './real.js';
