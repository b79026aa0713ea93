import { describe, expect, it } from '@jest/globals';
import { listener, lookAgain, silenceMs, silentOnes } from './silence.js';
import type { Heard, Watch } from './silence.js';

const second = 1_000;
const longestPause = 20 * second;
const heard = (now: number, beats: Readonly<Record<string, number>> = {}, apiAt = now): Heard => ({
  now,
  beats: new Map([...Object.entries(beats), [listener, apiAt]]),
});
/** Looks every five seconds from the first to the last. */
function looking(from: number, to: number, hear: (now: number) => Heard): Watch {
  let watch: Watch | undefined;
  for (let now = from; now <= to; now += 5 * second) watch = lookAgain(watch, hear(now), longestPause);
  return watch ?? lookAgain(undefined, hear(from), longestPause);
}

describe('who is silent', () => {
  it('ASG-3: is who gave no sign of life for ninety seconds, since the last one', () => {
    const beats = { ann: 100 * second, bob: 101 * second };
    const watch = looking(0, 190 * second, (now) => heard(now));
    expect(silentOnes(watch, heard(190 * second, beats), ['ann', 'bob'])).toStrictEqual([
      { userId: 'ann', since: 100 * second },
    ]);
  });

  it('ASG-3: is nobody before ninety seconds have passed since we began to look', () => {
    const start = 1_000 * second;
    const before = looking(start, start + silenceMs - 5 * second, (now) => heard(now));
    expect(silentOnes(before, heard(start + silenceMs - 5 * second), ['ann'])).toStrictEqual([]);
    const after = looking(start, start + silenceMs, (now) => heard(now));
    expect(silentOnes(after, heard(start + silenceMs), ['ann'])).toStrictEqual([{ userId: 'ann', since: start }]);
  });

  it('ASG-3: is nobody before ninety seconds have passed since an API hears again', () => {
    const deafFrom = 500 * second;
    const hearsFrom = 900 * second;
    const hear = (now: number): Heard => heard(now, {}, now < deafFrom || now >= hearsFrom ? now : deafFrom);
    const at = hearsFrom + silenceMs - 10 * second;
    expect(silentOnes(looking(0, at, hear), hear(at), ['ann'])).toStrictEqual([]);
    const later = hearsFrom + silenceMs + 5 * second;
    expect(silentOnes(looking(0, later, hear), hear(later), ['ann'])).toHaveLength(1);
  });

  it('ASG-3: is nobody after we did not look for a while, or the clock was set back', () => {
    const long = looking(0, 500 * second, (now) => heard(now));
    const late = heard(540 * second);
    expect(silentOnes(lookAgain(long, late, longestPause), late, ['ann'])).toStrictEqual([]);
    const back = heard(400 * second);
    expect(silentOnes(lookAgain(long, back, longestPause), back, ['ann'])).toStrictEqual([]);
  });
});
