import { Binary, exactInteger, fitsInt64, isNumeric, MongoError, Decimal128, truncatedInt64 } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { ElementCondition } from './expression.js';

/** Tells bit `position` of a value, counted from the least significant; negative numbers go on in ones for ever. */
type Bits = (position: number) => boolean;

const quantifiers = {
  $bitsAllSet: (bits: Bits, positions: readonly number[]) => positions.every((position) => bits(position)),
  $bitsAllClear: (bits: Bits, positions: readonly number[]) => positions.every((position) => !bits(position)),
  $bitsAnySet: (bits: Bits, positions: readonly number[]) => positions.some((position) => bits(position)),
  $bitsAnyClear: (bits: Bits, positions: readonly number[]) => positions.some((position) => !bits(position)),
};

export type BitwiseOperator = keyof typeof quantifiers;

export const isBitwiseOperator = (name: string): name is BitwiseOperator => Object.hasOwn(quantifiers, name);

/** The four bit tests on integers and binary data. Throws 2 or 9 for operands that name no bits. */
export function bitwise(operator: BitwiseOperator, operand: Value): ElementCondition {
  const positions = bitPositions(operator, operand);
  const holds = quantifiers[operator];
  return {
    operator,
    operand,
    leafArrays: 'elements and array',
    test: (value) => {
      const bits = bitsOf(value);
      return bits !== undefined && holds(bits, positions);
    },
  };
}

function bitPositions(operator: string, operand: Value): readonly number[] {
  if (Array.isArray(operand)) return operand.map((each) => bitPosition(operator, each));
  if (operand instanceof Binary) return binaryPositions(operand);
  if (!isNumeric(operand)) throw new MongoError(2, `${operator} takes an Array, a number, or a BinData`);
  const mask = exactInteger(operand);
  if (mask === undefined || mask < 0n || !fitsInt64(mask))
    throw new MongoError(9, `${operator} takes a non-negative integer of 64 bits`);
  return Array.from({ length: 64 }, (_, position) => position).filter(
    (position) => ((mask >> BigInt(position)) & 1n) === 1n,
  );
}

function bitPosition(operator: string, value: Value): number {
  if (!isNumeric(value)) throw new MongoError(2, `${operator}: bit positions must be integers`);
  const position = exactInteger(value);
  if (position === undefined || position > 0x7fff_ffffn)
    throw new MongoError(9, `${operator}: bit positions must be 32-bit integers`);
  if (position < 0n) throw new MongoError(9, `${operator}: bit positions must be >= 0`);
  return Number(position);
}

const binaryPositions = (binary: Binary): number[] =>
  Array.from({ length: binary.bytes.length * 8 }, (_, position) => position).filter((position) =>
    binaryBit(binary, position),
  );

const binaryBit = (binary: Binary, position: number): boolean =>
  (((binary.bytes[position >> 3] ?? 0) >> (position & 7)) & 1) === 1;

function bitsOf(value: Value | undefined): Bits | undefined {
  if (value instanceof Binary) return (position) => binaryBit(value, position);
  // Decimals are cut to integers, doubles must be ones.
  const integer = value instanceof Decimal128 ? truncatedInt64(value) : exactInteger(value);
  if (integer === undefined || !fitsInt64(integer)) return undefined;
  return (position) => ((integer >> BigInt(Math.min(position, 63))) & 1n) === 1n;
}
