import { describe, expect, it } from '@jest/globals';
import { decideAppend } from './append-decision.js';
import type { StreamFacts } from './append-decision.js';

const id = (letter: string) => Buffer.alloc(16, letter);
const ids = (letters: string) => Array.from(letters, id);

/** A stream whose events have these letters for ids; all of them recent, unless told. */
function streamOf(letters: string, more: Partial<StreamFacts> = {}): StreamFacts {
  const stored = ids(letters);
  return {
    current: stored.length - 1,
    isTombstoned: false,
    isSoftDeleted: false,
    hasMetadata: false,
    recentRevision: (wanted) => {
      const revision = stored.findIndex((found) => found.equals(wanted));
      return revision === -1 ? undefined : revision;
    },
    idAt: (revision) => stored[revision],
    ...more,
  };
}

const WRITE = { kind: 'write' };
const WRONG = { kind: 'wrong-expected-version' };
const DELETED = { kind: 'stream-deleted' };
const idempotent = (revision: number) => ({ kind: 'idempotent', revision });

describe('an append to', () => {
  it.each(['any', 'no_stream', 'stream_exists', 0n, 5n] as const)(
    'a tombstoned stream is refused, with %s',
    (expected) => {
      expect(decideAppend(expected, ids('x'), streamOf('a', { isTombstoned: true }))).toEqual(DELETED);
    },
  );

  it('a soft-deleted stream is refused as an existing one, and written otherwise', () => {
    const deleted = streamOf('ab', { isSoftDeleted: true });
    expect(decideAppend('stream_exists', ids('x'), deleted)).toEqual(DELETED);
    expect(decideAppend('any', ids('x'), deleted)).toEqual(WRITE);
    expect(decideAppend('no_stream', ids('x'), deleted)).toEqual(WRITE);
    expect(decideAppend(1n, ids('x'), deleted)).toEqual(WRITE);
    expect(decideAppend(0n, ids('x'), deleted)).toEqual(WRONG);
  });

  it('a stream that never was is refused as an existing one, unless it has metadata', () => {
    expect(decideAppend('stream_exists', ids('x'), streamOf(''))).toEqual(WRONG);
    expect(decideAppend('stream_exists', ids('x'), streamOf('', { hasMetadata: true }))).toEqual(WRITE);
    expect(decideAppend('any', ids('x'), streamOf(''))).toEqual(WRITE);
    expect(decideAppend('no_stream', ids('x'), streamOf(''))).toEqual(WRITE);
    expect(decideAppend(0n, ids('x'), streamOf(''))).toEqual(WRONG);
  });

  it('the current revision is written, known ids or not', () => {
    expect(decideAppend(1n, ids('ab'), streamOf('ab'))).toEqual(WRITE);
  });

  it('a revision beyond 2^53 is wrong, not rounded', () => {
    expect(decideAppend(2n ** 63n, ids('x'), streamOf('a'))).toEqual(WRONG);
  });
});

describe('a retry', () => {
  it.each([
    ['all ids', 'abc', idempotent(2), idempotent(2)],
    ['a beginning', 'ab', idempotent(1), idempotent(1)],
    ['a middle part', 'bc', idempotent(2), WRONG],
    ['known ids, then a new one', 'abx', WRONG, WRONG],
    ['a new id, then known ones', 'xab', WRITE, WRONG],
    ['ids in another order', 'cba', idempotent(0), WRONG],
    ['nothing but new ids', 'xy', WRITE, WRONG],
    ['more than there is', 'abcd', WRONG, WRONG],
  ])('of %s', (_, letters, withAny, withNoStream) => {
    expect(decideAppend('any', ids(letters), streamOf('abc'))).toEqual(withAny);
    expect(decideAppend('stream_exists', ids(letters), streamOf('abc'))).toEqual(withAny);
    expect(decideAppend('no_stream', ids(letters), streamOf('abc'))).toEqual(withNoStream);
  });

  it('with an exact revision is recognised where it starts', () => {
    expect(decideAppend(0n, ids('bc'), streamOf('abcd'))).toEqual(idempotent(2));
    expect(decideAppend(1n, ids('bc'), streamOf('abcd'))).toEqual(WRONG);
  });

  it('of one id several times ends at its first occurrence with any, and at its last with no stream', () => {
    expect(decideAppend('any', ids('aaa'), streamOf('aaa'))).toEqual(idempotent(0));
    expect(decideAppend('no_stream', ids('aaa'), streamOf('aaa'))).toEqual(idempotent(2));
  });

  it('of what a scavenge has removed is new with any, wrong with no stream, and recreates a soft-deleted stream', () => {
    const forgotten = { current: 2, recentRevision: () => undefined, idAt: () => undefined };
    expect(decideAppend('any', ids('a'), streamOf('', forgotten))).toEqual(WRITE);
    expect(decideAppend('no_stream', ids('a'), streamOf('', forgotten))).toEqual(WRONG);
    expect(decideAppend('no_stream', ids('a'), streamOf('', { ...forgotten, isSoftDeleted: true }))).toEqual(WRITE);
  });
});

describe('an append of nothing', () => {
  it('is fine where an append would be, and wrong below the current revision', () => {
    expect(decideAppend('any', [], streamOf('ab'))).toEqual(WRITE);
    expect(decideAppend(1n, [], streamOf('ab'))).toEqual(WRITE);
    expect(decideAppend(0n, [], streamOf('ab'))).toEqual(WRONG);
    expect(decideAppend('no_stream', [], streamOf('ab'))).toEqual(WRONG);
  });
});
