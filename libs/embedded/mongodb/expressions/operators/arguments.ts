import { Document, MongoError, typeName } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { Node, Operator, Scope } from '../node.js';

/** The operands of an operator: an array of them, or one that needs no array. */
export function operands(operand: Value, scope: Scope): readonly Node[] {
  return (Array.isArray(operand) ? operand : [operand]).map((each) => scope.compile(each));
}

/** Checks how many operands there are. Throws 16020 for a fixed number, 28667 for a range. */
export function countOperands(name: string, operand: Value, least: number, most: number): void {
  const count = Array.isArray(operand) ? operand.length : 1;
  if (count >= least && count <= most) return;
  if (least === most)
    throw new MongoError(16020, `Expression ${name} takes exactly ${least} arguments. ${count} were passed in.`);
  throw new MongoError(
    28667,
    `Expression ${name} takes at least ${least} arguments, and at most ${most}, but ${count} were passed in.`,
  );
}

/** An operator of exactly one operand. */
export const unary = (
  name: string,
  apply: (value: Value | undefined, scope: Scope) => Value | undefined,
): [string, Operator] => [
  name,
  (operand, scope) => {
    countOperands(name, operand, 1, 1);
    const [only = missing] = operands(operand, scope);
    return (frame) => apply(only(frame), scope);
  },
];

/** An operator of exactly two operands. */
export const binary = (
  name: string,
  apply: (left: Value | undefined, right: Value | undefined, scope: Scope) => Value | undefined,
): [string, Operator] => [
  name,
  (operand, scope) => {
    countOperands(name, operand, 2, 2);
    const [left = missing, right = missing] = operands(operand, scope);
    return (frame) => apply(left(frame), right(frame), scope);
  },
];

/** An operator of `least` to `most` operands. */
export const nary = (
  name: string,
  least: number,
  most: number,
  apply: (values: readonly (Value | undefined)[], scope: Scope) => Value | undefined,
): [string, Operator] => [
  name,
  (operand, scope) => {
    countOperands(name, operand, least, most);
    const nodes = operands(operand, scope);
    return (frame) =>
      apply(
        nodes.map((node) => node(frame)),
        scope,
      );
  },
];

/** What an absent optional operand compiles to. */
export const missing: Node = () => undefined;

/** The codes of the two mistakes with named arguments; older operators each have their own. */
export interface NamedArgumentCodes {
  readonly notObject: number;
  readonly unknown: number;
  readonly missing: number;
}

/** The named arguments of an operator, not yet compiled. */
export function namedArguments(
  name: string,
  operand: Value,
  required: readonly string[],
  optional: readonly string[],
  codes: NamedArgumentCodes,
): Document {
  if (!(operand instanceof Document))
    throw new MongoError(codes.notObject, `${name} only supports an object as its argument, not ${typeName(operand)}`);
  for (const argument of operand.keys())
    if (!required.includes(argument) && !optional.includes(argument))
      throw new MongoError(codes.unknown, `Unrecognized argument to ${name}: ${argument}`);
  for (const argument of required)
    if (!operand.has(argument)) throw new MongoError(codes.missing, `Missing '${argument}' parameter to ${name}`);
  return operand;
}

/** A named argument compiled; missing if it is not there. */
export function argument(named: Document, name: string, scope: Scope): Node {
  const value = named.get(name);
  return value === undefined ? missing : scope.compile(value);
}
