import { Problem } from '../problems/problem.js';

/** How deep arrays and objects of a body may be nested. */
export const maxJsonDepth = 32;

// Harmless to JSON.parse, harmful to whoever copies the object later: refused once, here.
const refusedKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses a body. Throws `malformed-json`, or `validation` with a pointer for what JSON allows and we don't: nesting
 * beyond 32, numbers beyond the doubles, NUL and lone surrogates, keys that reach for prototypes.
 * An empty body is `undefined`: many clients name a content type for every request.
 */
export function parseJsonBody(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return undefined;
  const value = parse(bytes);
  check(value, [], 1);
  return value;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (cause) {
    throw new Problem('malformed-json', { cause });
  }
}

function check(value: unknown, path: string[], depth: number): void {
  if (typeof value === 'string') checkText(value, path, 'text');
  else if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw misfit(path, 'the number is too large');
  } else if (typeof value === 'object' && value !== null) {
    if (depth > maxJsonDepth) throw misfit(path.slice(0, 4), `nested deeper than ${maxJsonDepth}`);
    for (const [key, inner] of Object.entries(value)) {
      path.push(key);
      checkText(key, path, 'name');
      if (refusedKeys.has(key)) throw misfit(path, 'this name is not allowed');
      check(inner, path, depth + 1);
      path.pop();
    }
  }
}

function checkText(text: string, path: readonly string[], what: string): void {
  if (!text.isWellFormed()) throw misfit(path, `the ${what} holds half a surrogate pair`);
  if (text.includes('\0')) throw misfit(path, `the ${what} holds a NUL character`);
}

function misfit(path: readonly string[], detail: string): Problem {
  return new Problem('validation', { errors: [{ pointer: jsonPointer(path), detail }] });
}

/** RFC 6901. */
export function jsonPointer(path: readonly string[]): string {
  return path.map((key) => `/${key.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
