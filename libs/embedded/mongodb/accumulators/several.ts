import { compileExpression } from '../expressions/index.js';
import type { QueryContext } from '../expressions/index.js';
import { compareSortKeys, parseSort, sortKeyOf } from '../sorting/index.js';
import type { SortField, SortKey } from '../sorting/index.js';
import { compare, Document, MongoError, typeName, isNullish } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { AccumulatorOperator } from './accumulator.js';
import { countToKeep } from './count-to-keep.js';

/** The named operands of `$topN` and its like. Throws 5787801 or 5788001 for no object, 5787901 for unknown names. */
function namedOperands(name: string, operand: Value, names: readonly string[]): ReadonlyMap<string, Value> {
  if (!(operand instanceof Document))
    throw new MongoError(
      names.includes('sortBy') ? 5788001 : 5787801,
      `specification must be an object; found ${name}: ${typeName(operand)}`,
    );
  const named = new Map(operand);
  for (const given of named.keys())
    if (!names.includes(given))
      throw new MongoError(names.includes('sortBy') ? 5788002 : 5787901, `Unknown argument for '${name}': ${given}`);
  for (const wanted of names)
    if (!named.has(wanted))
      throw new MongoError(missingCodes.get(wanted) ?? 5787907, `Missing value for '${wanted}' in ${name}`);
  return named;
}

const missingCodes: ReadonlyMap<string, number> = new Map([
  ['n', 5787906],
  ['input', 5787907],
  ['output', 5788004],
  ['sortBy', 5788005],
]);

/** `n` may be an expression, of constants and, in a group, of the group's `_id`; here: of constants. */
const keepOf = (operand: Value, context: QueryContext): number =>
  countToKeep(compileExpression(operand, context)(new Document()));

export const firstN: AccumulatorOperator = (operand, context) => {
  const named = namedOperands('$firstN', operand, ['n', 'input']);
  const keep = keepOf(named.get('n') ?? null, context);
  const input = compileExpression(named.get('input') ?? null, context);
  return () => {
    const values: Value[] = [];
    return {
      add: (document) => {
        if (values.length < keep) values.push(input(document) ?? null);
      },
      result: () => values,
    };
  };
};

export const lastN: AccumulatorOperator = (operand, context) => {
  const named = namedOperands('$lastN', operand, ['n', 'input']);
  const keep = keepOf(named.get('n') ?? null, context);
  const input = compileExpression(named.get('input') ?? null, context);
  return () => {
    const values: Value[] = [];
    return {
      add: (document) => {
        values.push(input(document) ?? null);
        if (values.length > keep) values.shift();
      },
      result: () => values,
    };
  };
};

const extremes =
  (name: '$minN' | '$maxN'): AccumulatorOperator =>
  (operand, context) => {
    const named = namedOperands(name, operand, ['n', 'input']);
    const keep = keepOf(named.get('n') ?? null, context);
    const input = compileExpression(named.get('input') ?? null, context);
    const sign = name === '$minN' ? 1 : -1;
    return () => {
      const values: Value[] = [];
      return {
        add: (document) => {
          const value = input(document);
          if (isNullish(value)) return;
          insertSorted(values, value, (a, b) => sign * compare(a, b, context.collation?.compare));
          if (values.length > keep) values.pop();
        },
        result: () => values,
      };
    };
  };

export const minN = extremes('$minN');
export const maxN = extremes('$maxN');

/** Keeps a list sorted; what ties goes behind. */
function insertSorted<T>(list: T[], value: T, order: (a: T, b: T) => number): void {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = list[middle];
    if (other !== undefined && order(value, other) < 0) high = middle;
    else low = middle + 1;
  }
  list.splice(low, 0, value);
}

interface Ranked {
  readonly key: SortKey;
  readonly output: Value;
}

/** `$top`, `$topN`, `$bottom`, `$bottomN`: the outputs of the documents that come first or last by a sort. */
const ranked =
  (name: '$top' | '$topN' | '$bottom' | '$bottomN'): AccumulatorOperator =>
  (operand, context) => {
    const isSeveral = name.endsWith('N');
    const named = namedOperands(name, operand, isSeveral ? ['n', 'sortBy', 'output'] : ['sortBy', 'output']);
    const keep = isSeveral ? keepOf(named.get('n') ?? null, context) : 1;
    const fields = sortFields(named.get('sortBy'));
    const output = compileExpression(named.get('output') ?? null, context);
    const order = compareSortKeys(fields, context.collation?.compare);
    const isTop = name.startsWith('$top');
    return () => {
      const kept: Ranked[] = [];
      return {
        add: (document) => {
          const key = sortKeyOf(document, fields, order);
          insertSorted(kept, { key, output: output(document) ?? null }, (a, b) => order(a.key, b.key));
          if (kept.length > keep) kept.splice(isTop ? keep : 0, 1);
        },
        result: () => {
          const outputs = kept.map((each) => each.output);
          return isSeveral ? outputs : outputs[0];
        },
      };
    };
  };

function sortFields(value: Value | undefined): readonly SortField[] {
  if (!(value instanceof Document))
    throw new MongoError(10065, `invalid parameter: expected an object (sortBy), not ${typeName(value)}`);
  return parseSort(value);
}

export const top = ranked('$top');
export const topN = ranked('$topN');
export const bottom = ranked('$bottom');
export const bottomN = ranked('$bottomN');
