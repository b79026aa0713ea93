import { parseFieldPath } from '../paths/index.js';
import { Document, MongoError } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { Node, Scope } from './node.js';

/** `$path` and `$$variable.path`. Throws 16872 for a lone `$`, 17276 for unknown variables, 9 for bad variable names. */
export function compilePath(text: string, scope: Scope): Node {
  if (text === '$') throw new MongoError(16872, "'$' by itself is not a valid FieldPath");
  if (!text.startsWith('$$')) {
    const parts = parseFieldPath(text.slice(1));
    const current = variable('CURRENT', scope);
    return (frame) => follow(current(frame), parts, 0);
  }
  const dot = text.indexOf('.');
  const name = text.slice(2, dot < 0 ? undefined : dot);
  checkVariableName(name);
  const start = variable(name, scope);
  if (dot < 0) return start;
  const parts = parseFieldPath(text.slice(dot + 1));
  return (frame) => follow(start(frame), parts, 0);
}

function checkVariableName(name: string): void {
  if (name === '') throw new MongoError(9, 'empty variable names are not allowed');
  if (!/^[A-Za-z\u0080-\uffff]/.test(name))
    throw new MongoError(9, `'${name}' starts with an invalid character for a variable name`);
  if (!/^[A-Za-z0-9_\u0080-\uffff]*$/.test(name))
    throw new MongoError(9, `'${name}' contains an invalid character for a variable name`);
}

/** The name of a variable that a user binds must start with a small letter. Throws 9. */
export function checkUserVariable(name: string): void {
  if (name === 'CURRENT') return;
  checkVariableName(name);
  if (/^[A-Z]/.test(name))
    throw new MongoError(9, `'${name}' starts with an invalid character for a user variable name`);
}

function variable(name: string, scope: Scope): Node {
  const slot = scope.slots.get(name);
  if (slot !== undefined) return (frame) => frame.slots[slot];
  switch (name) {
    case 'ROOT':
    case 'CURRENT':
      return (frame) => frame.root;
    case 'NOW':
      return () => scope.context.now;
    case 'REMOVE':
      return () => undefined;
    case 'DESCEND':
    case 'PRUNE':
    case 'KEEP': {
      const verdict = name.toLowerCase();
      return () => verdict;
    }
    case 'USER_ROLES':
      return () => [];
    case 'CLUSTER_TIME':
      throw new MongoError(51144, "Builtin variable '$$CLUSTER_TIME' is not available");
  }
  if (!scope.context.variables.has(name)) throw new MongoError(17276, `Use of undefined variable: ${name}`);
  const value = scope.context.variables.get(name);
  return () => value;
}

/** The value at a path as expressions see it: an array on the way gives the array of what its documents have there. */
export function follow(start: Value | undefined, parts: readonly string[], at: number): Value | undefined {
  let value = start;
  for (let index = at; index < parts.length; index += 1) {
    if (value instanceof Document) value = value.get(parts[index] ?? '');
    else if (Array.isArray(value)) return collect(value, parts, index);
    else return undefined;
  }
  return value;
}

function collect(elements: readonly Value[], parts: readonly string[], at: number): Value[] {
  const found: Value[] = [];
  for (const element of elements) {
    const value = element instanceof Document ? follow(element, parts, at) : undefined;
    if (value !== undefined) found.push(value);
  }
  return found;
}
