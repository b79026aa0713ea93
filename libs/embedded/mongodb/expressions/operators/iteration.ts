import { exactInteger, isNumeric, isTruthy, MongoError, typeName, isNullish } from '../../values/index.js';
import type { Document, Value } from '../../values/index.js';
import { checkUserVariable } from '../field-path.js';
import type { Operator, OperatorGroup } from '../node.js';
import { argument, namedArguments } from './arguments.js';

/** The name under which the body of `$filter` and `$map` sees an element. Throws 9 for a bad one. */
function elementName(named: Document): string {
  const name = named.get('as') ?? 'this';
  if (typeof name !== 'string') throw new MongoError(9, `'as' must be a string, not ${typeName(name)}`);
  checkUserVariable(name);
  return name;
}

const map: Operator = (operand, scope) => {
  const named = namedArguments('$map', operand, ['input', 'in'], ['as'], {
    notObject: 16878,
    unknown: 16879,
    missing: 16880,
  });
  if (!named.has('in')) throw new MongoError(16882, "Missing 'in' parameter to $map");
  const input = argument(named, 'input', scope);
  const bound = scope.bind([elementName(named)]);
  const body = argument(named, 'in', bound.scope);
  const [slot = 0] = bound.slots;
  return (frame) => {
    const array = input(frame);
    if (isNullish(array)) return null;
    if (!Array.isArray(array)) throw new MongoError(16883, `input to $map must be an array not ${typeName(array)}`);
    return array.map((element) => {
      frame.slots[slot] = element;
      return body(frame) ?? null;
    });
  };
};

const filter: Operator = (operand, scope) => {
  const named = namedArguments('$filter', operand, ['input', 'cond'], ['as', 'limit'], {
    notObject: 28646,
    unknown: 28647,
    missing: 28648,
  });
  const input = argument(named, 'input', scope);
  const limit = argument(named, 'limit', scope);
  const bound = scope.bind([elementName(named)]);
  const condition = argument(named, 'cond', bound.scope);
  const [slot = 0] = bound.slots;
  return (frame) => {
    const array = input(frame);
    if (isNullish(array)) return null;
    if (!Array.isArray(array)) throw new MongoError(28651, `input to $filter must be an array not ${typeName(array)}`);
    const most = filterLimit(limit(frame));
    const kept: Value[] = [];
    for (const element of array) {
      if (kept.length >= most) break;
      frame.slots[slot] = element;
      if (isTruthy(condition(frame))) kept.push(element);
    }
    return kept;
  };
};

function filterLimit(value: Value | undefined): number {
  if (isNullish(value)) return Infinity;
  const limit = isNumeric(value) ? exactInteger(value) : undefined;
  if (limit === undefined)
    throw new MongoError(327391, '$filter: limit must be represented as a 32-bit integral value');
  if (limit < 1n) throw new MongoError(327392, '$filter: limit must be greater than 0');
  return Number(limit);
}

const reduce: Operator = (operand, scope) => {
  const named = namedArguments('$reduce', operand, ['input', 'initialValue', 'in'], [], {
    notObject: 40075,
    unknown: 40076,
    missing: 40077,
  });
  const input = argument(named, 'input', scope);
  const initial = argument(named, 'initialValue', scope);
  const bound = scope.bind(['this', 'value']);
  const body = argument(named, 'in', bound.scope);
  const [element = 0, accumulated = 0] = bound.slots;
  return (frame) => {
    const array = input(frame);
    if (isNullish(array)) return null;
    if (!Array.isArray(array)) throw new MongoError(40080, `input to $reduce must be an array not ${typeName(array)}`);
    let value = initial(frame);
    for (const each of array) {
      frame.slots[element] = each;
      frame.slots[accumulated] = value;
      value = body(frame);
    }
    return value;
  };
};

/** Operators that run an expression on each element of an array. */
export const iterationOperators: OperatorGroup = new Map<string, Operator>([
  ['$map', map],
  ['$filter', filter],
  ['$reduce', reduce],
]);
