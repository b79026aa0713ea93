import { Document, MongoError, typeName, isNullish } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { Node, Operator, OperatorGroup, Scope } from '../node.js';
import { missing, unary } from './arguments.js';

function objectToArray(value: Value | undefined): Value {
  if (isNullish(value)) return null;
  if (!(value instanceof Document))
    throw new MongoError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
  return [...value].map(
    ([name, field]) =>
      new Document([
        ['k', name],
        ['v', field],
      ]),
  );
}

function arrayToObject(value: Value | undefined): Value {
  if (isNullish(value)) return null;
  if (!Array.isArray(value))
    throw new MongoError(40386, `$arrayToObject requires an array input, found: ${typeName(value)}`);
  const result = new Document();
  for (const element of value) {
    const [name, field] = pairOf(element);
    if (name.includes('\0')) throw new MongoError(4940400, 'Key field cannot contain an embedded null byte');
    result.set(name, field);
  }
  return result;
}

function pairOf(element: Value): readonly [string, Value] {
  if (Array.isArray(element)) {
    const [name, field] = element;
    if (name === undefined || field === undefined || element.length !== 2)
      throw new MongoError(
        40397,
        `$arrayToObject requires an array of size 2 arrays, found array of size: ${element.length}`,
      );
    if (typeof name !== 'string')
      throw new MongoError(
        40395,
        '$arrayToObject requires an array of key-value pairs, where the key must be of type string',
      );
    return [name, field];
  }
  if (!(element instanceof Document))
    throw new MongoError(40398, `Unrecognised input type format for $arrayToObject: ${typeName(element)}`);
  const [name, field] = [element.get('k'), element.get('v')];
  if (name === undefined || field === undefined || element.size !== 2)
    throw new MongoError(40392, "$arrayToObject requires an object with keys 'k' and 'v'");
  if (typeof name !== 'string')
    throw new MongoError(40394, "$arrayToObject requires an object with keys 'k' and 'v', where 'k' must be a string");
  return [name, field];
}

const current: Node = (frame) => frame.root;

/** A field name that is a constant; `$` and dots in it mean nothing. Throws 5654601, 5654602. */
function constantName(operator: string, value: Value | undefined): string {
  const text = value instanceof Document ? (value.get('$literal') ?? value.get('$const')) : value;
  if (typeof text !== 'string')
    throw new MongoError(5654602, `${operator} requires 'field' to evaluate to type String`);
  if (text === value && text.startsWith('$'))
    throw new MongoError(
      5654600,
      `A field path reference which is not allowed in this context. Did you mean {$literal: '${text}'}?`,
    );
  return text;
}

const getField: Operator = (operand, scope) => {
  const isNamed = operand instanceof Document && operand.has('field');
  if (operand instanceof Document && !isNamed && operand.keys().next().value?.startsWith('$') !== true)
    throw new MongoError(3041702, "$getField requires 'field' to be specified");
  if (isNamed)
    for (const name of operand.keys())
      if (name !== 'field' && name !== 'input')
        throw new MongoError(3041701, `$getField found an unknown argument: ${name}`);
  const name = constantName('$getField', isNamed ? operand.get('field') : operand);
  const given = isNamed ? operand.get('input') : undefined;
  const input = given === undefined ? current : scope.compile(given);
  return (frame) => {
    const value = input(frame);
    return value instanceof Document ? value.get(name) : isNullish(value) && value !== undefined ? null : undefined;
  };
};

function fieldSetter(operator: '$setField' | '$unsetField'): Operator {
  const names = operator === '$setField' ? ['field', 'input', 'value'] : ['field', 'input'];
  return (operand, scope) => {
    if (!(operand instanceof Document))
      throw new MongoError(4161100, `${operator} only supports an object as its argument`);
    for (const name of operand.keys())
      if (!names.includes(name)) throw new MongoError(4161101, `${operator} found an unknown argument: ${name}`);
    for (const name of names)
      if (!operand.has(name)) throw new MongoError(4161102, `${operator} requires '${name}' to be specified`);
    const name = constantName(operator, operand.get('field'));
    const input = compiled(operand.get('input'), scope);
    const value = compiled(operand.get('value'), scope);
    return (frame) => {
      const target = input(frame);
      if (isNullish(target)) return null;
      if (!(target instanceof Document))
        throw new MongoError(4161105, `${operator} requires 'input' to evaluate to type Object`);
      const changed = value(frame);
      const result = target.clone();
      if (changed === undefined) result.delete(name);
      else result.set(name, changed);
      return result;
    };
  };
}

const compiled = (value: Value | undefined, scope: Scope): Node =>
  value === undefined ? missing : scope.compile(value);

/** Objects as values; `$mergeObjects` is in `accumulation.ts`. */
export const objectOperators: OperatorGroup = new Map<string, Operator>([
  unary('$objectToArray', objectToArray),
  unary('$arrayToObject', arrayToObject),
  ['$getField', getField],
  ['$setField', fieldSetter('$setField')],
  ['$unsetField', fieldSetter('$unsetField')],
]);
