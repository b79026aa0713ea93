import { describe, expect, it } from '@jest/globals';
import { maxJsonDepth, parseJsonBody } from './json-body.js';

const parse = (text: string): unknown => parseJsonBody(Buffer.from(text));
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('a JSON body (S2)', () => {
  it('is what JSON says', () => {
    expect(parse('{"a":[1,"é😀",null,true],"b":{}}')).toEqual({ a: [1, 'é😀', null, true], b: {} });
  });

  it('may be nested 32 deep', () => {
    expect(parse(nested(maxJsonDepth))).toEqual(JSON.parse(nested(maxJsonDepth)));
  });

  it('is nothing when it is empty', () => {
    expect(parse('')).toBeUndefined();
  });

  it.each(['{', 'undefined', '{"a":1,}', "{'a':1}", '\uFEFF1 2', 'NaN'])(
    'is refused when it is not JSON: %s',
    (text) => {
      expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'malformed-json', status: 400 }));
    },
  );

  it('is refused when it is not UTF-8', () => {
    expect(() => parseJsonBody(Buffer.from([0x22, 0xc3, 0x28, 0x22]))).toThrow(
      expect.objectContaining({ code: 'malformed-json', status: 400 }),
    );
  });

  it.each([
    ['33 levels', nested(33), '/0/0/0/0', 'nested deeper than 32'],
    ['a megabyte of arrays', nested(500_000), '/0/0/0/0', 'nested deeper than 32'],
    ['__proto__', '{"a":{"__proto__":{"role":"admin"}}}', '/a/__proto__', 'this name is not allowed'],
    ['constructor', '{"constructor":{"prototype":1}}', '/constructor', 'this name is not allowed'],
    ['NUL in a value', String.raw`{"a":["b\u0000"]}`, '/a/0', 'the text holds a NUL character'],
    ['NUL in a name', String.raw`{"a\u0000":1}`, '/a\0', 'the name holds a NUL character'],
    ['half a surrogate pair', String.raw`{"a/b":"\ud800"}`, '/a~1b', 'the text holds half a surrogate pair'],
    ['half a surrogate pair as a name', String.raw`{"\udc00":1}`, '/\uFFFD', 'the name holds half a surrogate pair'],
    ['a number beyond all numbers', '{"a":1e999}', '/a', 'the number is too large'],
  ])('is refused with a pointer when it holds %s', (_what, text, pointer, detail) => {
    let thrown: unknown;
    try {
      parse(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'validation', status: 400, options: { errors: [{ pointer, detail }] } });
  });
});
