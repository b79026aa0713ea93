import { isTruthy } from '../../values/index.js';
import type { Operator, OperatorGroup } from '../node.js';
import { operands, unary } from './arguments.js';

const and: Operator = (operand, scope) => {
  const nodes = operands(operand, scope);
  return (frame) => nodes.every((node) => isTruthy(node(frame)));
};

const or: Operator = (operand, scope) => {
  const nodes = operands(operand, scope);
  return (frame) => nodes.some((node) => isTruthy(node(frame)));
};

/** `$and` and `$or` stop at the first operand that decides. */
export const booleanOperators: OperatorGroup = new Map<string, Operator>([
  ['$and', and],
  ['$or', or],
  unary('$not', (value) => !isTruthy(value)),
]);
