import type { Operator } from '../node.js';
import { arithmeticOperators } from './arithmetic.js';
import { booleanOperators } from './boolean.js';
import { comparisonOperators } from './comparison.js';
import { conditionalOperators } from './conditional.js';
import { variableOperators } from './variable.js';

/** Every operator this server evaluates, by name. */
export const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...arithmeticOperators,
  ...booleanOperators,
  ...comparisonOperators,
  ...conditionalOperators,
  ...variableOperators,
]);

/** Operators of MongoDB that this server knows and refuses. */
export const refusedOperators: ReadonlySet<string> = new Set([
  '$function',
  '$accumulator',
  '$meta',
  '$_internalJsEmit',
]);
