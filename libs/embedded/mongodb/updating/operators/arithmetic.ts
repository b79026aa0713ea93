import { add, multiply } from '../../arithmetic/index.js';
import type { OnOverflow } from '../../arithmetic/index.js';
import {
  compare,
  Document,
  exactInteger,
  identical,
  Int32,
  int32,
  isNumeric,
  MongoError,
  typeName,
} from '../../values/index.js';
import type { Numeric, Value } from '../../values/index.js';
import type { UpdateOperator } from '../modifier.js';

type Calculate = (current: Numeric, operand: Numeric, onOverflow: OnOverflow) => Numeric;

function calculation(name: string, calculate: Calculate, whenMissing: (operand: Numeric) => Numeric): UpdateOperator {
  return (path, operand) => {
    if (!isNumeric(operand))
      throw new MongoError(14, `Cannot ${name} with non-numeric argument: {${path}: ${typeName(operand)}}`);
    return [{ path, modifier: { missing: 'make', modify: (current, _, at) => applyTo(current, at, operand) } }];
  };

  function applyTo(current: Value | undefined, at: string, operand: Numeric): Value {
    if (current === undefined) return whenMissing(operand);
    if (!isNumeric(current))
      throw new MongoError(14, `Cannot apply $${name} to a value of non-numeric type ${typeName(current)} at '${at}'`);
    const result = calculate(current, operand, (exact) => {
      throw new MongoError(
        2,
        `Failed to apply $${name} operations to current value at '${at}': ${exact} overflows 64 bits`,
      );
    });
    return identical(result, current) ? current : result;
  }
}

export const inc = calculation('inc', add, (operand) => operand);

/** A missing field becomes the zero of the factor's type. */
export const mul = calculation('mul', multiply, (operand) => multiply(operand, int32(0)));

const replaceIf =
  (replaces: (difference: number) => boolean): UpdateOperator =>
  (path, operand, { collation }) => [
    {
      path,
      modifier: {
        missing: 'make',
        modify: (current) =>
          current === undefined || replaces(compare(operand, current, collation?.compare)) ? operand : current,
      },
    },
  ];

export const min = replaceIf((difference) => difference < 0);
export const max = replaceIf((difference) => difference > 0);

const bitOperations = {
  and: (a: bigint, b: bigint) => a & b,
  or: (a: bigint, b: bigint) => a | b,
  xor: (a: bigint, b: bigint) => a ^ b,
};

const isBitOperation = (name: string): name is keyof typeof bitOperations => Object.hasOwn(bitOperations, name);

/** `{ and | or | xor: integer }`, several in order; a missing field counts as 0. Throws 2. */
export const bit: UpdateOperator = (path, operand) => {
  if (!(operand instanceof Document) || operand.size === 0)
    throw new MongoError(2, `The $bit modifier needs an object of and, or, xor for '${path}'`);
  const steps = [...operand].map(([name, mask]) => {
    if (!isBitOperation(name))
      throw new MongoError(2, `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}'`);
    return { apply: bitOperations[name], mask: integerType(mask, `$bit argument for '${path}'`) };
  });
  return [
    {
      path,
      modifier: {
        missing: 'make',
        modify: (current, _, at) => {
          const start: bigint | Int32 = current === undefined ? int32(0) : integerType(current, `field '${at}'`);
          const result = steps.reduce((value, { apply, mask }) => applyBits(value, mask, apply), start);
          return identical(result, current) ? current : result;
        },
      },
    },
  ];
};

function applyBits(
  value: bigint | Int32,
  mask: bigint | Int32,
  apply: (a: bigint, b: bigint) => bigint,
): bigint | Int32 {
  const result = apply(exactInteger(value) ?? 0n, exactInteger(mask) ?? 0n);
  return value instanceof Int32 && mask instanceof Int32 ? int32(Number(result)) : result;
}

function integerType(value: Value, where: string): bigint | Int32 {
  if (typeof value === 'bigint' || value instanceof Int32) return value;
  throw new MongoError(2, `The ${where} must be an Integer (32/64 bit), not ${typeName(value)}`);
}
