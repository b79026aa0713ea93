import { decimalDivide, RunningSum, toDecimal } from '../arithmetic/index.js';
import type { QueryContext } from '../expressions/context.js';
import {
  compare,
  Decimal128,
  Document,
  int32,
  isNumeric,
  keyString,
  MongoError,
  toDouble,
  typeName,
  isNullish,
} from '../values/index.js';
import type { Value } from '../values/index.js';
import type { Fold } from './accumulator.js';

/** Makes a fold over the values of one expression. */
export type FoldOperator = (context: QueryContext) => Fold;

/** The sum of the numbers; everything else is passed over. */
export const sum: FoldOperator = () => {
  const total = new RunningSum();
  return {
    add: (value) => {
      if (isNumeric(value)) total.add(value);
    },
    result: () => total.result(),
  };
};

/** The mean of the numbers, a double or a decimal; null without any. */
export const avg: FoldOperator = () => {
  const total = new RunningSum();
  let count = 0;
  return {
    add: (value) => {
      if (!isNumeric(value)) return;
      total.add(value);
      count += 1;
    },
    result: () => {
      if (count === 0) return null;
      const result = total.result();
      return result instanceof Decimal128 ? decimalDivide(result, toDecimal(int32(count))) : toDouble(result) / count;
    },
  };
};

/** The standard deviation of the numbers as a double; null with too few. */
const standardDeviation =
  (missingDegrees: 0 | 1): FoldOperator =>
  () => {
    let count = 0;
    let mean = 0;
    let squares = 0;
    return {
      add: (value) => {
        if (!isNumeric(value)) return;
        const number = toDouble(value);
        count += 1;
        const difference = number - mean;
        mean += difference / count;
        squares += difference * (number - mean);
      },
      result: () => (count <= missingDegrees ? null : Math.sqrt(squares / (count - missingDegrees))),
    };
  };

export const stdDevPop = standardDeviation(0);
export const stdDevSamp = standardDeviation(1);

const extreme =
  (sign: 1 | -1): FoldOperator =>
  ({ collation }) => {
    let best: Value | undefined;
    return {
      add: (value) => {
        if (isNullish(value)) return;
        if (best === undefined || sign * compare(value, best, collation?.compare) < 0) best = value;
      },
      result: () => best ?? null,
    };
  };

/** The least value, null and missing aside; null without any. */
export const min = extreme(1);
export const max = extreme(-1);

export const first: FoldOperator = () => {
  let isFirst = true;
  let kept: Value | undefined;
  return {
    add: (value) => {
      if (isFirst) kept = value;
      isFirst = false;
    },
    result: () => kept,
  };
};

export const last: FoldOperator = () => {
  let kept: Value | undefined;
  return {
    add: (value) => {
      kept = value;
    },
    result: () => kept,
  };
};

export const push: FoldOperator = () => {
  const values: Value[] = [];
  return {
    add: (value) => {
      if (value !== undefined) values.push(value);
    },
    result: () => [...values],
  };
};

/** Each value once, by the equality of the collation. */
export const addToSet: FoldOperator = ({ collation }) => {
  const values = new Map<string, Value>();
  const isKnown = (value: Value): boolean =>
    collation !== undefined && [...values.values()].some((known) => compare(known, value, collation.compare) === 0);
  return {
    add: (value) => {
      if (value === undefined) return;
      const key = keyString([value]).toString('latin1');
      if (!values.has(key) && !isKnown(value)) values.set(key, value);
    },
    result: () => [...values.values()],
  };
};

/** One document of all the fields, later ones over earlier ones. Throws 40400 for what is no document. */
export const mergeObjects: FoldOperator = () => {
  const merged = new Document();
  return {
    add: (value) => {
      if (isNullish(value)) return;
      if (!(value instanceof Document))
        throw new MongoError(40400, `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`);
      for (const [name, field] of value) merged.set(name, field);
    },
    result: () => merged.clone(),
  };
};
