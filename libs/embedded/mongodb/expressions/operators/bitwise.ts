import { Int32, int32, isNullish, MongoError, typeName } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { Operator, OperatorGroup } from '../node.js';
import { nary, unary } from './arguments.js';

const integer = (name: string, value: Value): bigint | Int32 => {
  if (typeof value === 'bigint' || value instanceof Int32) return value;
  throw new MongoError(14, `${name} only supports int and long operands, not ${typeName(value)}`);
};

const folded = (name: string, start: bigint, apply: (a: bigint, b: bigint) => bigint): [string, Operator] =>
  nary(name, 0, Infinity, (values) => {
    let result = start;
    let isLong = false;
    for (const value of values) {
      if (isNullish(value)) return null;
      const operand = integer(name, value);
      isLong ||= typeof operand === 'bigint';
      result = apply(result, operand instanceof Int32 ? BigInt(operand.value) : operand);
    }
    return isLong ? result : int32(Number(result));
  });

/** Bits of integers; an int64 makes the result one. */
export const bitwiseOperators: OperatorGroup = new Map<string, Operator>([
  folded('$bitAnd', -1n, (a, b) => a & b),
  folded('$bitOr', 0n, (a, b) => a | b),
  folded('$bitXor', 0n, (a, b) => a ^ b),
  unary('$bitNot', (value) => {
    if (isNullish(value)) return null;
    const operand = integer('$bitNot', value);
    return operand instanceof Int32 ? int32(~operand.value) : ~operand;
  }),
]);
