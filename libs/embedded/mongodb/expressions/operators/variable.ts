import { Document, MongoError } from '../../values/index.js';
import { checkUserVariable } from '../field-path.js';
import type { Operator, OperatorGroup } from '../node.js';
import { argument, namedArguments } from './arguments.js';

const literal: Operator = (operand) => () => operand;

const letOperator: Operator = (operand, scope) => {
  const named = namedArguments('$let', operand, ['vars', 'in'], [], {
    notObject: 16874,
    unknown: 16875,
    missing: 16877,
  });
  const variables = named.get('vars');
  if (!(variables instanceof Document)) throw new MongoError(10065, 'invalid parameter: expected an object (vars)');
  const names = [...variables.keys()];
  names.forEach(checkUserVariable);
  const values = [...variables.values()].map((value) => scope.compile(value));
  const bound = scope.bind(names);
  const body = argument(named, 'in', bound.scope);
  return (frame) => {
    const evaluated = values.map((value) => value(frame));
    for (const [index, slot] of bound.slots.entries()) frame.slots[slot] = evaluated[index];
    return body(frame);
  };
};

/** Literals and variables. */
export const variableOperators: OperatorGroup = new Map<string, Operator>([
  ['$literal', literal],
  ['$const', literal],
  ['$let', letOperator],
  [
    '$rand',
    (operand, scope) => {
      const isEmpty = operand instanceof Document ? operand.size === 0 : Array.isArray(operand) && operand.length === 0;
      if (!isEmpty) throw new MongoError(3040501, '$rand does not currently accept arguments');
      return () => scope.context.random();
    },
  ],
]);
