import { describe, expect, it } from '@jest/globals';
import { DELETED_METADATA, parseMetadata, withTruncateBefore } from './metadata.js';

const parse = (text: string) => parseMetadata(Buffer.from(text), true);

describe('metadata', () => {
  it('sets bounds by its known keys', () => {
    expect(parse('{"$maxCount":5,"$maxAge":60,"$tb":3,"$cacheControl":9,"$acl":{"$r":"$all"},"other":"x"}')).toEqual({
      maxCount: 5,
      maxAge: 60,
      truncateBefore: 3,
    });
  });

  it('of the soft delete deletes, to the digit', () => {
    expect(parse(DELETED_METADATA)).toEqual({ isDeleted: true, truncateBefore: Number.MAX_SAFE_INTEGER });
    expect(parse('{"$tb":9223372036854775806}')).toEqual({ truncateBefore: Number.MAX_SAFE_INTEGER });
    expect(parse('{"$tb":9223372036854775808,"$maxCount":1}')).toEqual({});
  });

  it.each([
    '{"$maxCount":"5","$tb":1}',
    '{"$maxAge":1.5,"$tb":1}',
    '{"$tb":null}',
    '{"$acl":5,"$tb":1}',
    '[1]',
    '5',
    'null',
    '{',
    '',
  ])('is none when it is not what it should be: %s', (text) => {
    expect(parse(text)).toEqual({});
  });

  it('ignores a number that makes no sense, alone', () => {
    expect(parse('{"$maxCount":0,"$maxAge":-1,"$tb":7}')).toEqual({ truncateBefore: 7 });
    expect(parse('{"$tb":-1,"$maxCount":2}')).toEqual({ maxCount: 2 });
  });

  it('is none when the event is not JSON', () => {
    expect(parseMetadata(Buffer.from('{"$maxCount":5}'), false)).toEqual({});
  });
});

describe('another $tb', () => {
  const change = (text: string) => withTruncateBefore(Buffer.from(text), 4)?.toString();

  it('takes the place of the old one, and everything else stays as it was written', () => {
    expect(change(`{"b":1,"$tb":9223372036854775807,"a":12345678901234567890,"c":{"d":1.50}}`)).toBe(
      '{"b":1,"$tb":4,"a":12345678901234567890,"c":{"d":1.50}}',
    );
  });

  it('is appended when there is none, and impossible in what is no object', () => {
    expect(change('{"a":1}')).toBe('{"a":1,"$tb":4}');
    expect(change('[1]')).toBeUndefined();
  });
});
