import type { Condition } from './condition.js';
import type { ConditionMisfit, ConditionTerms, Refuse } from './misfit.js';
import { readTest } from './read-test.js';

export type ReadCondition =
  | { readonly ok: true; readonly condition: Condition }
  /** `pointer`: JSON pointer into what was given. */
  | { readonly ok: false; readonly pointer: string; readonly reason: ConditionMisfit };

const deepest = 5;
const mostTests = 100;

/** Reads what somebody sent as a condition, in its one way of writing: attributes by their full name, values as kept. */
export function readCondition(given: unknown, terms: ConditionTerms): ReadCondition {
  let misfit: { readonly pointer: string; readonly reason: ConditionMisfit } | undefined;
  const refuse: Refuse = (pointer, reason) => {
    misfit ??= { pointer, reason };
    return null;
  };
  let tests = 0;

  function part(value: unknown, pointer: string, depth: number): Condition | null {
    if (depth > deepest) return refuse(pointer, 'too-deep');
    if (typeof value !== 'object' || value === null) return refuse(pointer, 'not-a-condition');
    const group = asGroup(value);
    if (group) return parts(group, pointer, depth);
    if (++tests > mostTests) return refuse(pointer, 'too-many-tests');
    return readTest(new Map(Object.entries(value)), pointer, terms, refuse);
  }

  function parts({ name, given: inner }: Group, pointer: string, depth: number): Condition | null {
    if (!Array.isArray(inner)) return refuse(`${pointer}/${name}`, 'not-a-condition');
    if (inner.length === 0) return refuse(`${pointer}/${name}`, 'empty');
    const read: Condition[] = [];
    for (const [index, one] of inner.entries()) {
      const condition = part(one, `${pointer}/${name}/${index}`, depth + 1);
      if (!condition) return null;
      read.push(condition);
    }
    return name === 'all' ? { all: read } : name === 'any' ? { any: read } : { none: read };
  }

  const condition = part(given, '', 1);
  if (condition) return { ok: true, condition };
  return { ok: false, ...(misfit ?? { pointer: '', reason: 'not-a-condition' }) };
}

interface Group {
  readonly name: 'all' | 'any' | 'none';
  readonly given: unknown;
}

function asGroup(value: object): Group | undefined {
  const [only, ...more] = Object.entries(value) as [string, unknown][];
  if (!only || more.length > 0) return undefined;
  const [name, given] = only;
  return name === 'all' || name === 'any' || name === 'none' ? { name, given } : undefined;
}
