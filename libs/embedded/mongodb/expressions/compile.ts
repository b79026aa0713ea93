import { Document, MongoError } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { QueryContext } from './context.js';
import { compilePath } from './field-path.js';
import type { Frame, Node, Operator, Scope } from './node.js';
import { operators, refusedOperators } from './operators/index.js';

/** Compiles an expression to a function of a document. Throws the codes of the expression's own mistakes. */
export function compileExpression(expression: Value, context: QueryContext): (document: Document) => Value | undefined {
  const node = scopeOf(context).compile(expression);
  const frame: Frame = { root: new Document(), slots: [] };
  return (document) => {
    frame.root = document;
    return node(frame);
  };
}

function scopeOf(context: QueryContext): Scope {
  let used = 0;
  return makeScope(context, new Map(), () => used++);
}

function makeScope(context: QueryContext, slots: ReadonlyMap<string, number>, allocate: () => number): Scope {
  const scope: Scope = {
    context,
    slots,
    allocate,
    compile: (operand) => compile(operand, scope),
    bind: (names) => {
      const added = names.map((name) => [name, allocate()] as const);
      return {
        scope: makeScope(context, new Map([...slots, ...added]), allocate),
        slots: added.map(([, slot]) => slot),
      };
    },
  };
  return scope;
}

function compile(operand: Value, scope: Scope): Node {
  if (typeof operand === 'string' && operand.startsWith('$')) return compilePath(operand, scope);
  if (operand instanceof Document) return compileObject(operand, scope);
  if (Array.isArray(operand)) {
    const elements = operand.map((element) => compile(element, scope));
    return (frame) => elements.map((element) => element(frame) ?? null);
  }
  return () => operand;
}

function compileObject(object: Document, scope: Scope): Node {
  const operator = [...object.keys()].find((name) => name.startsWith('$'));
  if (operator !== undefined) {
    if (object.size > 1)
      throw new MongoError(15983, `An object representing an expression must have exactly one field: ${operator}`);
    return findOperator(operator)(object.get(operator) ?? null, scope);
  }
  const fields = [...object].map(([name, value]) => {
    if (name.includes('.')) throw new MongoError(16405, `FieldPath field names may not contain '.': ${name}`);
    return [name, compile(value, scope)] as const;
  });
  return (frame) => {
    const result = new Document();
    for (const [name, node] of fields) {
      const value = node(frame);
      if (value !== undefined) result.set(name, value);
    }
    return result;
  };
}

function findOperator(name: string): Operator {
  const operator = operators.get(name);
  if (operator !== undefined) return operator;
  if (refusedOperators.has(name)) throw new MongoError(168, `${name} is not supported by the embedded server`);
  throw new MongoError(168, `Unrecognized expression '${name}'`);
}

/** Whether a name is that of an expression operator. */
export const isExpressionOperator = (name: string): boolean => operators.has(name) || refusedOperators.has(name);
