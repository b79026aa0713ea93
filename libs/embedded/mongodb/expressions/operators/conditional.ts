import { Document, isTruthy, MongoError, typeName, isNullish } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { Node, Operator, OperatorGroup, Scope } from '../node.js';
import { argument, countOperands, missing, namedArguments, operands } from './arguments.js';

const cond: Operator = (operand, scope) => {
  const [test, yes, no] = condOperands(operand, scope);
  return (frame) => (isTruthy(test(frame)) ? yes(frame) : no(frame));
};

const condCodes = { notObject: 16020, unknown: 17083, missing: 17080 };

function condOperands(operand: Value, scope: Scope): readonly [Node, Node, Node] {
  if (operand instanceof Document) {
    for (const [name, code] of [
      ['if', 17080],
      ['then', 17081],
      ['else', 17082],
    ] as const)
      if (!operand.has(name) && operand.size < 4) throw new MongoError(code, `Missing '${name}' parameter to $cond`);
    const named = namedArguments('$cond', operand, ['if', 'then', 'else'], [], condCodes);
    return [argument(named, 'if', scope), argument(named, 'then', scope), argument(named, 'else', scope)];
  }
  countOperands('$cond', operand, 3, 3);
  const [test = missing, yes = missing, no = missing] = operands(operand, scope);
  return [test, yes, no];
}

const ifNull: Operator = (operand, scope) => {
  const nodes = operands(operand, scope);
  if (nodes.length < 2) throw new MongoError(1257300, `$ifNull needs at least two arguments, had: ${nodes.length}`);
  return (frame) => {
    let value: Value | undefined;
    for (const node of nodes) {
      value = node(frame);
      if (!isNullish(value)) break;
    }
    return value;
  };
};

function branchOf(branch: Value, scope: Scope): { readonly test: Node; readonly result: Node } {
  if (!(branch instanceof Document))
    throw new MongoError(40062, `$switch expected each branch to be an object, found: ${typeName(branch)}`);
  for (const name of branch.keys())
    if (name !== 'case' && name !== 'then')
      throw new MongoError(40063, `$switch found an unknown argument to a branch: ${name}`);
  if (!branch.has('case')) throw new MongoError(40064, "$switch requires each branch have a 'case' expression");
  if (!branch.has('then')) throw new MongoError(40065, "$switch requires each branch have a 'then' expression.");
  return { test: argument(branch, 'case', scope), result: argument(branch, 'then', scope) };
}

const switchOperator: Operator = (operand, scope) => {
  const named = namedArguments('$switch', operand, [], ['branches', 'default'], {
    notObject: 40060,
    unknown: 40067,
    missing: 40068,
  });
  const list = named.get('branches') ?? [];
  if (!Array.isArray(list))
    throw new MongoError(40061, `$switch expected an array for 'branches', found: ${typeName(list)}`);
  if (list.length === 0) throw new MongoError(40068, '$switch requires at least one branch.');
  const branches = list.map((branch) => branchOf(branch, scope));
  const otherwise = named.has('default') ? argument(named, 'default', scope) : undefined;
  return (frame) => {
    const branch = branches.find(({ test }) => isTruthy(test(frame)));
    if (branch !== undefined) return branch.result(frame);
    if (otherwise === undefined)
      throw new MongoError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    return otherwise(frame);
  };
};

/** Only the chosen branch is evaluated. */
export const conditionalOperators: OperatorGroup = new Map<string, Operator>([
  ['$cond', cond],
  ['$ifNull', ifNull],
  ['$switch', switchOperator],
]);
