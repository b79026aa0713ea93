import { Document, isNumeric, MongoError, toDouble, typeName } from '../values/index.js';
import type { Value } from '../values/index.js';

/**
 * The values below which so much of the numbers lies, each by the nearest rank: one of the numbers themselves, as a double.
 * null for each without numbers; what is no number is passed over.
 */
export function percentiles(values: readonly (Value | undefined)[], portions: readonly number[]): (number | null)[] {
  const numbers = values.filter((value) => isNumeric(value)).map(toDouble);
  const sorted = Float64Array.from(numbers).sort();
  return portions.map((portion) => sorted[Math.max(0, Math.ceil(portion * sorted.length) - 1)] ?? null);
}

/** What `$median` and `$percentile` say: `p` is fixed to the middle for a median. */
export interface PercentileOptions {
  readonly input: Value;
  readonly portions: readonly number[];
  /** A median is one value, percentiles are a list. */
  readonly single: boolean;
}

/** What an expression without fields comes to. */
export type Constant = (expression: Value) => Value | undefined;

/** Throws 7436200 for no object, 40415 for unknown fields, 40414 for missing ones, 7750301 to 7750303 for bad ones, 2 for a bad method. */
export function percentileOptions(name: string, operand: Value, constant: Constant): PercentileOptions {
  const single = name === '$median';
  if (!(operand instanceof Document))
    throw new MongoError(7436200, `specification must be an object; found ${name}: ${typeName(operand)}`);
  const known = single ? ['input', 'method'] : ['input', 'p', 'method'];
  for (const field of operand.keys())
    if (!known.includes(field)) throw new MongoError(40415, `BSON field '${name}.${field}' is an unknown field.`);
  const required = (field: string): Value => {
    const value = operand.get(field);
    if (value !== undefined) return value;
    throw new MongoError(40414, `BSON field '${name}.${field}' is missing but a required field`);
  };
  const method = required('method');
  if (typeof method !== 'string')
    throw new MongoError(14, `BSON field '${name}.method' is the wrong type '${typeName(method)}', expected 'string'`);
  if (method !== 'approximate')
    throw new MongoError(2, "Currently only 'approximate' can be used as percentile 'method'");
  return { input: required('input'), portions: single ? [0.5] : portionsOf(required('p'), constant), single };
}

function portionsOf(operand: Value, constant: Constant): readonly number[] {
  const portions = constant(operand);
  if (!Array.isArray(portions) || portions.length === 0)
    throw new MongoError(7750301, "The $percentile 'p' field must be an array of numbers from [0.0, 1.0]");
  return portions.map((portion) => {
    if (!isNumeric(portion))
      throw new MongoError(
        7750302,
        `The $percentile 'p' field must be an array of numbers, found ${typeName(portion)}`,
      );
    const number = toDouble(portion);
    if (number >= 0 && number <= 1) return number;
    throw new MongoError(
      7750303,
      `The $percentile 'p' field must be an array of numbers from [0.0, 1.0], found ${number}`,
    );
  });
}
