import { compare, isTruthy, MongoError, typeName, isNullish } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { Operator, OperatorGroup, Scope } from '../node.js';
import { binary, nary, unary } from './arguments.js';

type Order = (a: Value, b: Value) => number;

const orderOf =
  ({ context }: Scope): Order =>
  (a, b) =>
    compare(a, b, context.collation?.compare);

/** The elements in order, each once. */
function unique(values: readonly Value[], order: Order): Value[] {
  const kept: Value[] = [];
  for (const value of values.toSorted(order)) {
    const last = kept.at(-1);
    if (last === undefined || order(last, value) !== 0) kept.push(value);
  }
  return kept;
}

const includes = (values: readonly Value[], wanted: Value, order: Order): boolean =>
  values.some((value) => order(value, wanted) === 0);

function arrayArgument(name: string, code: number, value: Value | undefined): Value[] {
  if (!Array.isArray(value))
    throw new MongoError(code, `All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`);
  return value;
}

function difference(left: Value | undefined, right: Value | undefined, scope: Scope): Value {
  if (isNullish(left) || isNullish(right)) return null;
  const [from, without] = [arrayArgument('$setDifference', 17048, left), arrayArgument('$setDifference', 17049, right)];
  const order = orderOf(scope);
  const kept: Value[] = [];
  for (const value of from) if (!includes(without, value, order) && !includes(kept, value, order)) kept.push(value);
  return kept;
}

function intersection(values: readonly (Value | undefined)[], scope: Scope): Value {
  if (values.some(isNullish)) return null;
  const order = orderOf(scope);
  const [first = [], ...others] = values.map((value) => arrayArgument('$setIntersection', 17047, value));
  return unique(first, order).filter((value) => others.every((other) => includes(other, value, order)));
}

function union(values: readonly (Value | undefined)[], scope: Scope): Value {
  if (values.some(isNullish)) return null;
  return unique(
    values.flatMap((value) => arrayArgument('$setUnion', 17043, value)),
    orderOf(scope),
  );
}

function equals(values: readonly (Value | undefined)[], scope: Scope): Value {
  if (values.length < 2) throw new MongoError(17045, `$setEquals needs at least two arguments had: ${values.length}`);
  const order = orderOf(scope);
  const [first = [], ...others] = values.map((value) => unique(arrayArgument('$setEquals', 17044, value), order));
  return others.every((other) => compare(first, other, scope.context.collation?.compare) === 0);
}

function isSubset(left: Value | undefined, right: Value | undefined, scope: Scope): Value {
  const [part, whole] = [arrayArgument('$setIsSubset', 17046, left), arrayArgument('$setIsSubset', 17042, right)];
  return part.every((value) => includes(whole, value, orderOf(scope)));
}

const elementsTrue = (name: string, code: number, holds: (values: readonly Value[]) => boolean): [string, Operator] =>
  unary(name, (value) => holds(arrayArgument(name, code, value)));

/** Arrays as sets: order and repetition do not matter. */
export const setOperators: OperatorGroup = new Map<string, Operator>([
  binary('$setDifference', difference),
  nary('$setIntersection', 0, Infinity, intersection),
  nary('$setUnion', 0, Infinity, union),
  nary('$setEquals', 0, Infinity, equals),
  binary('$setIsSubset', isSubset),
  elementsTrue('$allElementsTrue', 17040, (values) => values.every(isTruthy)),
  elementsTrue('$anyElementTrue', 17041, (values) => values.some(isTruthy)),
]);
