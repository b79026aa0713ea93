/** Which events of `$all` a read or subscription is about. Plain data: it travels to the reader thread. */
export interface FilterSpec {
  readonly on: 'stream' | 'type';
  /** A search, not anchored. */
  readonly regex?: string;
  /** Any of them, compared by code unit; none matches nothing. Without meaning beside a regex. */
  readonly prefixes: readonly string[];
}

/** The pattern of a filter is no regular expression. */
export class InvalidPatternError extends Error {
  override readonly name = 'InvalidPatternError';
}

export type Filter = (stream: string, type: string) => boolean;

const REMEMBERED_VERDICTS = 10_000;

/** Verdicts are remembered: a log has few types, and a pattern may be slow. */
function compileFilter(spec: FilterSpec): Filter {
  const matches = spec.regex ? patternTest(spec.regex) : prefixTest(spec.prefixes);
  const verdicts = new Map<string, boolean>();
  return (stream, type) => {
    const subject = spec.on === 'stream' ? stream : type;
    let verdict = verdicts.get(subject);
    if (verdict === undefined) {
      verdict = matches(subject);
      if (verdicts.size >= REMEMBERED_VERDICTS) verdicts.clear();
      verdicts.set(subject, verdict);
    }
    return verdict;
  };
}

const COMPILED_FILTERS = 100;
const compiled = new Map<string, Filter>();

/** Throws InvalidPatternError. Remembers the filters in use: every page of a read asks for its filter again. */
export function filterFor(spec: FilterSpec): Filter {
  const key = JSON.stringify(spec);
  let filter = compiled.get(key);
  if (!filter) {
    filter = compileFilter(spec);
    if (compiled.size >= COMPILED_FILTERS) compiled.clear();
    compiled.set(key, filter);
  }
  return filter;
}

function prefixTest(prefixes: readonly string[]): (subject: string) => boolean {
  return (subject) => prefixes.some((prefix) => subject.startsWith(prefix));
}

/** Clients write patterns for .NET: most mean the same with the `u` flag, the more lenient ones only without. */
function patternTest(pattern: string): (subject: string) => boolean {
  const regex = tryCompile(pattern, 'u') ?? tryCompile(pattern, '');
  if (!regex) throw new InvalidPatternError(`the filter's pattern is not a regular expression: ${pattern}`);
  return (subject) => regex.test(subject);
}

function tryCompile(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}
