import { describe, expect, test } from '@jest/globals';
import { sideLeftovers } from './leftovers.js';

const state = (at: number) => ({ at, owners: ['ann'], body: { talk: `as of ${at}` } });

describe('side documents that an interrupted batch left ahead of the checkpoint', () => {
  const leftovers = sideLeftovers(9);
  const interrupted = { id: 'ann', ...state(15), before: state(5) };

  test('count as they were at the checkpoint', () => {
    expect(leftovers.base(interrupted)).toStrictEqual(state(5));
    expect(leftovers.base({ ...interrupted, before: undefined })).toBeUndefined();
  });

  test('count as they are once the checkpoint is past', () => {
    expect(sideLeftovers(15).base(interrupted)).toBe(interrupted);
  });

  test('move on with a longer batch, and remember the checkpoint', () => {
    expect(leftovers.next('ann', interrupted, state(5), state(20))).toStrictEqual({
      id: 'ann',
      ...state(20),
      before: state(5),
    });
  });

  test('never go back with a shorter one: only what is remembered moves on', () => {
    expect(leftovers.next('ann', interrupted, state(5), state(12))).toStrictEqual({
      id: 'ann',
      ...state(15),
      before: state(12),
    });
  });

  test('stay when the batch ends with what is there', () => {
    expect(leftovers.next('ann', interrupted, state(5), state(15))).toBeUndefined();
  });
});
