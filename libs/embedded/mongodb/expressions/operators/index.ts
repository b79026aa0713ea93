import type { Operator } from '../node.js';
import { accumulationOperators } from './accumulation.js';
import { arithmeticOperators } from './arithmetic.js';
import { arrayOperators } from './array.js';
import { bitwiseOperators } from './bitwise.js';
import { booleanOperators } from './boolean.js';
import { comparisonOperators } from './comparison.js';
import { conditionalOperators } from './conditional.js';
import { dateOperators } from './date.js';
import { datePartOperators } from './date-parts.js';
import { iterationOperators } from './iteration.js';
import { objectOperators } from './object.js';
import { regexOperators } from './regex.js';
import { setOperators } from './set.js';
import { stringOperators } from './string.js';
import { trigonometryOperators } from './trigonometry.js';
import { typeOperators } from './type.js';
import { variableOperators } from './variable.js';

/** Every operator this server evaluates, by name. */
export const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...accumulationOperators,
  ...arithmeticOperators,
  ...arrayOperators,
  ...bitwiseOperators,
  ...booleanOperators,
  ...comparisonOperators,
  ...conditionalOperators,
  ...dateOperators,
  ...datePartOperators,
  ...iterationOperators,
  ...objectOperators,
  ...regexOperators,
  ...setOperators,
  ...stringOperators,
  ...trigonometryOperators,
  ...typeOperators,
  ...variableOperators,
]);

/** Operators of MongoDB that this server knows and refuses. */
export const refusedOperators: ReadonlySet<string> = new Set(['$function', '$accumulator', '$meta']);
