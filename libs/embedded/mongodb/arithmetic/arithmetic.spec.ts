import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { compare, Decimal128, Int32, int32 } from '../values/index.js';
import type { Numeric } from '../values/index.js';
import {
  add,
  decimalAdd,
  decimalDivide,
  decimalNegate,
  multiply,
  remainder,
  RunningSum,
  subtract,
  toDecimal,
} from './index.js';

const long = fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n);
const decimal = fc
  .tuple(fc.bigInt(-(10n ** 16n), 10n ** 16n), fc.integer({ min: -8, max: 8 }))
  .map(([coefficient, exponent]) => Decimal128.fromString(`${coefficient}E${exponent}`));
const number: fc.Arbitrary<Numeric> = fc.oneof(
  fc.integer().map((value) => new Int32(value)),
  long,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  decimal,
);

const rank = (value: Numeric): number =>
  value instanceof Decimal128 ? 3 : typeof value === 'number' ? 2 : typeof value === 'bigint' ? 1 : 0;

describe('arithmetic over four number types', () => {
  it('has the wider type of the two, and an int32 that overflows becomes an int64', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        const widest = Math.max(rank(a), rank(b));
        const result = rank(add(a, b));
        expect(result === widest || (widest < 2 && result > widest)).toBe(true);
      }),
    );
    expect(add(int32(2147483647), int32(1))).toBe(2147483648n);
    expect(multiply(int32(65536), int32(65536))).toBe(4294967296n);
    expect(multiply(new Int32(-2147483648), new Int32(-2147483648))).toBe(4611686018427387904n);
  });

  it('is exact on int64, and tells of overflow', () => {
    fc.assert(
      fc.property(long, long, (a, b) => {
        const seen: bigint[] = [];
        const result = subtract(a, b, (exact) => {
          seen.push(exact);
          return 0n;
        });
        expect(seen.length === 0 ? result : seen[0]).toBe(a - b);
      }),
    );
    expect(remainder(-7n, 3n)).toBe(-1n);
  });

  it('adds decimals exactly while 34 digits hold them, in any order', () => {
    fc.assert(
      fc.property(decimal, decimal, decimal, (a, b, c) => {
        expect(compare(decimalAdd(decimalAdd(a, b), c), decimalAdd(a, decimalAdd(b, c)))).toBe(0);
        expect(compare(decimalAdd(a, decimalNegate(a)), 0)).toBe(0);
      }),
    );
  });

  it.each<[string, string, string]>([
    ['1', '3', '0.3333333333333333333333333333333333'],
    ['2', '3', '0.6666666666666666666666666666666667'],
    ['1.20', '4', '0.30'],
    ['100', '4', '25'],
    ['1', '0', 'Infinity'],
    ['0', '0', 'NaN'],
    ['1E+6144', '1E-10', 'Infinity'],
    ['1E-6176', '10', '0E-6176'],
  ])('divides %s by %s to %s', (a, b, expected) => {
    expect(decimalDivide(Decimal128.fromString(a), Decimal128.fromString(b)).toString()).toBe(expected);
  });

  it('takes a double for a decimal of 15 digits', () => {
    expect(toDecimal(0.1).toString()).toBe('0.100000000000000');
    expect(toDecimal(-1234.5).toString()).toBe('-1234.50000000000');
  });

  it('sums integers exactly and doubles without gathering errors', () => {
    fc.assert(
      fc.property(fc.array(long, { maxLength: 10 }), (values) => {
        const sum = new RunningSum();
        for (const value of values) sum.add(value);
        const exact = values.reduce((total, value) => total + value, 0n);
        const fits = BigInt.asIntN(64, exact) === exact;
        expect(compare(sum.result(), fits ? exact : Number(exact))).toBe(0);
      }),
    );
    const sum = new RunningSum();
    for (let count = 0; count < 10; count += 1) sum.add(0.1);
    expect(sum.result()).toBe(1);
  });
});
