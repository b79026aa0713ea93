import { compileRegex } from '../regex/index.js';
import { BsonSymbol, equal, MongoError, Regex } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { ElementCondition, ElementTest } from './expression.js';

/** A regex as a condition: strings it finds something in, and stored regexes that are the same. */
export const regexCondition = (regex: Regex): ElementCondition => ({
  operator: '$regex',
  operand: regex,
  leafArrays: 'elements and array',
  test: regexTest(regex),
});

/** The test of a regex on one value. Throws 51091 if it is invalid, 51108 for unknown flags. */
export function regexTest(regex: Regex): ElementTest {
  const compiled = compileRegex(regex.pattern, checkedFlags(regex.flags));
  return (value) => {
    if (typeof value === 'string') return compiled.test(value);
    if (value instanceof BsonSymbol) return compiled.test(value.text);
    return value instanceof Regex && equal(value, regex);
  };
}

/** `$regex` with `$options`. Throws 2 for other types, 51074 and 51075 where both bring flags. */
export function parseRegex(operand: Value | undefined, options: Value | undefined): Regex {
  if (operand === undefined) throw new MongoError(2, '$options needs a $regex');
  if (options !== undefined && typeof options !== 'string') throw new MongoError(2, '$options has to be a string');
  if (typeof operand === 'string') return new Regex(operand, sorted(options ?? ''));
  if (!(operand instanceof Regex)) throw new MongoError(2, '$regex has to be a string');
  if (options !== undefined && operand.flags !== '')
    throw new MongoError(51075, 'options set in both $regex and $options');
  return options === undefined ? operand : new Regex(operand.pattern, sorted(options));
}

const sorted = (flags: string): string => Array.from(flags).sort().join('');

function checkedFlags(flags: string): string {
  const unknown = Array.from(flags).find((flag) => !'imsxu'.includes(flag));
  if (unknown !== undefined) throw new MongoError(51108, `invalid flag in regex options: ${unknown}`);
  return flags;
}

/** What an index can make of a regex: all its matches begin with `prefix`; `exact` if that is all it says. */
export interface RegexPrefix {
  readonly prefix: string;
  readonly exact: boolean;
}

/** The beginning that every string matched by a regex has; undefined if it is not anchored to one. */
export function regexPrefix(regex: Regex): RegexPrefix | undefined {
  if (/[imx]/.test(regex.flags)) return undefined;
  const anchor = /^(\^|\\A)/.exec(regex.pattern)?.[0];
  if (anchor === undefined || hasAlternatives(regex.pattern)) return undefined;
  let rest = regex.pattern.slice(anchor.length);
  let prefix = '';
  for (;;) {
    const literal = /^(?:\\([^a-zA-Z0-9])|([^\\^$.*+?()[\]{}|]))(?![*?{])/su.exec(rest);
    if (literal === null) break;
    prefix += literal[1] ?? literal[2] ?? '';
    rest = rest.slice(literal[0].length);
    if (rest.startsWith('+')) break;
  }
  const exact = rest === '' || (rest === '.*' && regex.flags.includes('s'));
  return prefix === '' ? undefined : { prefix, exact };
}

/** A `|` anywhere may stand outside a group; to look for it only there would need a parser, and it is rare. */
const hasAlternatives = (pattern: string): boolean => pattern.includes('|');
