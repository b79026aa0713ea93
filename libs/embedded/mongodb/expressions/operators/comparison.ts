import { compare, equal, int32 } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { Operator, OperatorGroup, Scope } from '../node.js';
import { binary } from './arguments.js';

const order = (left: Value | undefined, right: Value | undefined, scope: Scope): number =>
  compare(left, right, scope.context.collation?.compare);

const relation = (name: string, holds: (difference: number) => boolean): [string, Operator] =>
  binary(name, (left, right, scope) => holds(order(left, right, scope)));

const isEqual = (left: Value | undefined, right: Value | undefined, scope: Scope): boolean =>
  scope.context.collation === undefined ? equal(left, right) : order(left, right, scope) === 0;

/** Comparisons of any two values, across types. */
export const comparisonOperators: OperatorGroup = new Map<string, Operator>([
  binary('$cmp', (left, right, scope) => int32(Math.sign(order(left, right, scope)))),
  binary('$eq', isEqual),
  binary('$ne', (left, right, scope) => !isEqual(left, right, scope)),
  relation('$lt', (difference) => difference < 0),
  relation('$lte', (difference) => difference <= 0),
  relation('$gt', (difference) => difference > 0),
  relation('$gte', (difference) => difference >= 0),
]);
