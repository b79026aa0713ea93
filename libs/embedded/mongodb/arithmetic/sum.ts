import { fitsInt32, fitsInt64, Int32, int32 } from '../values/index.js';
import type { Decimal128, Numeric } from '../values/index.js';
import { decimalAdd, toDecimal } from './decimal.js';

/**
 * A running sum over all four numeric types. Integers are added exactly, doubles with their rounding errors carried along,
 * so that the result does not depend on the order; the type is the widest seen.
 */
export class RunningSum {
  private integers = 0n;
  private hasLong = false;
  private doubles = 0;
  private compensation = 0;
  private hasDouble = false;
  private decimals: Decimal128 | undefined;

  add(value: Numeric): void {
    if (value instanceof Int32) this.integers += BigInt(value.value);
    else if (typeof value === 'bigint') {
      this.integers += value;
      this.hasLong = true;
    } else if (typeof value === 'number') this.addDouble(value);
    else this.decimals = this.decimals === undefined ? value : decimalAdd(this.decimals, value);
  }

  /** int32 if it fits and only int32 came in, int64 if it fits, else a double; a decimal if any came in. */
  result(): Numeric {
    const doubles = Number.isFinite(this.doubles) ? this.doubles + this.compensation : this.doubles;
    if (this.decimals !== undefined) {
      const exact = decimalAdd(
        this.decimals,
        toDecimal(fitsInt64(this.integers) ? this.integers : Number(this.integers)),
      );
      return this.hasDouble ? decimalAdd(exact, toDecimal(doubles)) : exact;
    }
    if (this.hasDouble) return Number(this.integers) + doubles;
    if (!this.hasLong && fitsInt32(this.integers)) return int32(Number(this.integers));
    return fitsInt64(this.integers) ? this.integers : Number(this.integers);
  }

  private addDouble(value: number): void {
    this.hasDouble = true;
    const sum = this.doubles + value;
    // What the addition just lost, on whichever side it was smaller.
    this.compensation +=
      Math.abs(this.doubles) >= Math.abs(value) ? this.doubles - sum + value : value - sum + this.doubles;
    this.doubles = sum;
  }
}
