/** Whoever gave no sign of life for so long is offline (ASG-3). Milliseconds. */
export const silenceMs = 90_000;
/** An API that did not say for so long that it hears could not have heard anybody. */
const deafMs = 30_000;

/** The beat by which an API process says that it could hear others. No user's id has a space. */
export const listener = 'the api';

export interface Heard {
  readonly now: number;
  readonly beats: ReadonlyMap<string, number>;
}

/** From when on silence counts; `undefined`: nothing was heard yet. */
export interface Watch {
  readonly lookedAt: number;
  readonly hearingSince: number;
}

/**
 * After a restart or an outage of ours nobody counts as offline before their full time has passed: silence counts from
 * when somebody looks without interruption and an API hears. `longestPause`: between two looks without interruption.
 */
export function lookAgain(before: Watch | undefined, { now, beats }: Heard, longestPause: number): Watch {
  const heardAt = beats.get(listener);
  const hears = heardAt !== undefined && now - heardAt <= deafMs;
  const uninterrupted = before !== undefined && now - before.lookedAt <= longestPause && now >= before.lookedAt;
  return { lookedAt: now, hearingSince: hears && uninterrupted ? before.hearingSince : now };
}

/** Who has been silent for too long, of those who are at work, and since when. */
export function silentOnes(
  { hearingSince }: Watch,
  { now, beats }: Heard,
  atWork: readonly string[],
): readonly { readonly userId: string; readonly since: number }[] {
  return atWork
    .map((userId) => ({ userId, since: Math.max(beats.get(userId) ?? 0, hearingSince) }))
    .filter(({ since }) => now - since >= silenceMs);
}
