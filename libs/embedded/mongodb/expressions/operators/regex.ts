import { compileRegex } from '../../regex/index.js';
import { Document, int32, MongoError, Regex, typeName, isNullish } from '../../values/index.js';
import type { Value } from '../../values/index.js';
import type { Operator, OperatorGroup } from '../node.js';
import { argument, namedArguments } from './arguments.js';

const codes = { notObject: 51103, unknown: 31024, missing: 31022 };

/** Runs a search when input and pattern are there; `onNull` is the answer when one is null. */
function search(name: string, onNull: Value, run: (input: string, pattern: RegExp) => Value): Operator {
  return (operand, scope) => {
    const named = namedArguments(name, operand, ['input', 'regex'], ['options'], codes);
    const [input, regex, options] = ['input', 'regex', 'options'].map((each) => argument(named, each, scope));
    return (frame) => {
      const [text, pattern, flags] = [input?.(frame), regex?.(frame), options?.(frame)];
      if (!isNullish(text) && typeof text !== 'string')
        throw new MongoError(51104, `${name} needs 'input' to be of type string, found ${typeName(text)}`);
      const compiled = patternOf(name, pattern, flags);
      return compiled === undefined || typeof text !== 'string' ? onNull : run(text, compiled);
    };
  };
}

function patternOf(name: string, pattern: Value | undefined, options: Value | undefined): RegExp | undefined {
  if (!isNullish(options) && typeof options !== 'string')
    throw new MongoError(51106, `${name} needs 'options' to be of type string`);
  const flags = typeof options === 'string' ? options : '';
  const unknown = /[^imsxu]/.exec(flags);
  if (unknown !== null) throw new MongoError(51108, `${name} invalid flag in regex options: ${flags}`);
  if (isNullish(pattern)) return undefined;
  if (typeof pattern !== 'string' && !(pattern instanceof Regex))
    throw new MongoError(51105, `${name} needs 'regex' to be of type string or regex`);
  const source = typeof pattern === 'string' ? pattern : pattern.pattern;
  if (source.includes('\0'))
    throw new MongoError(51109, `${name}: regular expression cannot contain an embedded null byte`);
  if (pattern instanceof Regex && pattern.flags !== '' && flags !== '')
    throw new MongoError(51107, `${name}: found regex options specified in both 'regex' and 'options' fields`);
  return compiled(source, pattern instanceof Regex && flags === '' ? pattern.flags : flags);
}

/** The same pattern comes with every document: the last one is kept. */
let last: { readonly source: string; readonly flags: string; readonly pattern: RegExp } | undefined;

function compiled(source: string, flags: string): RegExp {
  if (last?.source === source && last.flags === flags) return last.pattern;
  const { source: translated, flags: own } = compileRegex(source, flags);
  last = { source, flags, pattern: new RegExp(translated, `${own}g`) };
  return last.pattern;
}

function found(match: RegExpMatchArray, input: string): Document {
  const before = input.slice(0, match.index);
  return new Document([
    ['match', match[0]],
    ['idx', int32(Array.from(before).length)],
    ['captures', match.slice(1).map((capture: string | undefined) => capture ?? null)],
  ]);
}

const findAll = (input: string, pattern: RegExp): Document[] =>
  Array.from(input.matchAll(pattern), (match) => found(match, input));

/** Searches by regular expression; positions count code points. */
export const regexOperators: OperatorGroup = new Map<string, Operator>([
  ['$regexMatch', search('$regexMatch', false, (input, pattern) => input.search(pattern) >= 0)],
  [
    '$regexFind',
    search('$regexFind', null, (input, pattern) => {
      for (const match of input.matchAll(pattern)) return found(match, input);
      return null;
    }),
  ],
  ['$regexFindAll', search('$regexFindAll', [], findAll)],
]);
