import { MongoError } from '../values/index.js';

const notSupported = (pattern: string, what: string): MongoError =>
  new MongoError(51091, `Regular expression is invalid: ${what} is not supported by the embedded server: /${pattern}/`);

const absoluteStart = '(?<![\\s\\S])';
const absoluteEnd = '(?![\\s\\S])';
const lastLineEnd = `(?=\\n?${absoluteEnd})`;
const whitespace = '\\t-\\r ';

const posixClasses: ReadonlyMap<string, string> = new Map([
  ['alpha', 'A-Za-z'],
  ['digit', '0-9'],
  ['alnum', 'A-Za-z0-9'],
  ['upper', 'A-Z'],
  ['lower', 'a-z'],
  ['space', whitespace],
  ['blank', ' \\t'],
  ['punct', '!-\\/:-@\\[-`\\{-~'],
  ['word', '\\w'],
  ['xdigit', '0-9A-Fa-f'],
  ['cntrl', '\\0-\\x1f\\x7f'],
  ['graph', '!-~'],
  ['print', ' -~'],
]);

/** A regex of MongoDB (PCRE) as JavaScript can run it. Throws 51091 for invalid ones and for what JavaScript lacks. */
export function compileRegex(pattern: string, flags: string): RegExp {
  const translated = new Translation(pattern, flags).run();
  try {
    return new RegExp(translated.source, translated.ignoreCase ? 'ui' : 'u');
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    throw new MongoError(51091, `Regular expression is invalid: ${reason}`);
  }
}

/**
 * One pass over a pattern. What differs from JavaScript: `^ $ .` know only the line feed, `$` also stands before a last
 * one, anchors `\A \z \Z`, quoting `\Q \E`, POSIX classes, comments and white space under `x`, flags at the beginning,
 * names written `(?P<`, ASCII white space, and characters that the strict mode of JavaScript wants escaped.
 */
class Translation {
  private readonly pattern: string;
  private at = 0;
  private out = '';
  private ignoreCase: boolean;
  private multiline: boolean;
  private dotAll: boolean;
  private extended: boolean;

  constructor(pattern: string, flags: string) {
    this.pattern = pattern;
    this.ignoreCase = flags.includes('i');
    this.multiline = flags.includes('m');
    this.dotAll = flags.includes('s');
    this.extended = flags.includes('x');
  }

  run(): { source: string; ignoreCase: boolean } {
    this.leadingFlags();
    while (this.at < this.pattern.length) this.step();
    return { source: this.out, ignoreCase: this.ignoreCase };
  }

  private leadingFlags(): void {
    const match = /^\(\?([imsx]+)\)/.exec(this.pattern);
    if (match === null) return;
    const flags = match[1] ?? '';
    this.ignoreCase ||= flags.includes('i');
    this.multiline ||= flags.includes('m');
    this.dotAll ||= flags.includes('s');
    this.extended ||= flags.includes('x');
    this.at = match[0].length;
  }

  private step(): void {
    const char = this.take();
    if (char === '\\') this.escape();
    else if (char === '[') this.characterClass();
    else if (char === '(') this.group();
    else if (char === '^') this.out += this.multiline ? `(?<=${absoluteStart}|\\n)` : absoluteStart;
    else if (char === '$') this.out += this.multiline ? `(?=\\n|${absoluteEnd})` : lastLineEnd;
    else if (char === '.') this.out += this.dotAll ? '[\\s\\S]' : '[^\\n]';
    else if (char === '{') this.brace();
    else if (char === '}' || char === ']') this.out += `\\${char}`;
    else if (this.extended && /\s/.test(char)) return;
    else if (this.extended && char === '#') this.skipPast('\n');
    else this.other(char);
  }

  private take(): string {
    const char = String.fromCodePoint(this.pattern.codePointAt(this.at) ?? 0);
    this.at += char.length;
    return char;
  }

  private rest(): string {
    return this.pattern.slice(this.at);
  }

  private skipPast(end: string): void {
    const found = this.pattern.indexOf(end, this.at);
    this.at = found < 0 ? this.pattern.length : found + end.length;
  }

  private other(char: string): void {
    this.out += char;
    // After a quantifier, PCRE reads `+` as "possessive", which JavaScript cannot do.
    if ('*+?'.includes(char) && this.pattern[this.at] === '+')
      throw notSupported(this.pattern, 'a possessive quantifier');
  }

  private brace(): void {
    const quantifier = /^\d+(,\d*)?\}/.exec(this.rest());
    if (quantifier === null) this.out += '\\{';
    else {
      this.out += `{${quantifier[0]}`;
      this.at += quantifier[0].length;
    }
  }

  private escape(): void {
    if (this.at >= this.pattern.length)
      throw new MongoError(51091, 'Regular expression is invalid: \\ at end of pattern');
    const char = this.take();
    if (char === 'Q') this.quoted();
    else if (char === 'A') this.out += absoluteStart;
    else if (char === 'z') this.out += absoluteEnd;
    else if (char === 'Z') this.out += lastLineEnd;
    else if (char === 'R') this.out += '(?:\\r\\n|[\\n-\\r])';
    else if (char === 'N') this.out += '[^\\n]';
    else if ('GKXCg'.includes(char)) throw notSupported(this.pattern, `\\${char}`);
    else if (char === 's') this.out += `[${whitespace}]`;
    else if (char === 'S') this.out += `[^${whitespace}]`;
    else if (char === 'h') this.out += '[ \\t]';
    else if (char === 'H') this.out += '[^ \\t]';
    else if (char === 'E') return;
    else this.out += this.simpleEscape(char);
  }

  /** Escapes that mean the same inside and outside of a class. */
  private simpleEscape(char: string): string {
    if (char === 'a') return '\\x07';
    if (char === 'e') return '\\x1b';
    if (char === 'x' && this.pattern[this.at] === '{') {
      const code = /^\{[0-9a-fA-F]+\}/.exec(this.rest())?.[0] ?? '';
      this.at += code.length;
      return `\\u${code}`;
    }
    if (/[\^$\\.*+?()[\]{}|/]/.test(char)) return `\\${char}`;
    if (char === '0') return '\\0';
    return /[a-zA-Z1-9]/.test(char) ? `\\${char}` : char === '-' ? '\\x2d' : char;
  }

  private quoted(): void {
    const end = this.pattern.indexOf('\\E', this.at);
    const text = this.pattern.slice(this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.pattern.length : end + 2;
    this.out += text.replaceAll(/[\^$\\.*+?()[\]{}|/]/g, '\\$&');
  }

  private group(): void {
    const start = /^\?(#|P<|P=|P>|>|\||R|\d|&|\(|[imsx-]+\))/.exec(this.rest());
    if (start === null) {
      if (this.pattern[this.at] === '*') throw notSupported(this.pattern, 'a verb');
      this.out += '(';
      this.openingOfGroup();
    } else if (start[1] === '#') this.skipPast(')');
    else if (start[1] === 'P<') {
      this.at += 3;
      this.out += '(?<';
    } else throw notSupported(this.pattern, `(${start[0]}`);
  }

  /** Copies `?:`, `?=`, `?<name>` and the like, whose signs are no quantifiers. */
  private openingOfGroup(): void {
    const opening = /^\?(:|=|!|<=|<!|<[A-Za-z_]\w*>|[ims]*(-[ims]+)?:)/.exec(this.rest());
    if (opening === null) return;
    this.out += opening[0];
    this.at += opening[0].length;
  }

  private characterClass(): void {
    this.out += '[';
    if (this.pattern[this.at] === '^') {
      this.out += '^';
      this.at += 1;
    }
    for (let first = true; ; first = false) {
      if (this.at >= this.pattern.length)
        throw new MongoError(51091, 'Regular expression is invalid: missing terminating ] for character class');
      const char = this.take();
      if (char === ']' && !first) break;
      this.classMember(char);
    }
    this.out += ']';
  }

  private classMember(char: string): void {
    if (char === '[') {
      const named = /^:(\^?)([a-z]+):\]/.exec(this.rest());
      const members = posixClasses.get(named?.[2] ?? '');
      if (named === null) this.out += '\\[';
      else if (members === undefined || named[1] === '^') throw notSupported(this.pattern, `[${named[0]}`);
      else {
        this.at += named[0].length;
        this.out += members;
      }
    } else if (char === '\\') {
      const escaped = this.at < this.pattern.length ? this.take() : '\\';
      if (escaped === 's') this.out += whitespace;
      else if (escaped === 'h') this.out += ' \\t';
      else if (escaped === 'b') this.out += '\\x08';
      else this.out += this.simpleEscape(escaped);
    } else this.out += '^$.*+?(){}|/]'.includes(char) ? `\\${char}` : char;
  }
}
