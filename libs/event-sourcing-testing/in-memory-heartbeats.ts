import type { Clock, Heartbeats } from '#event-sourcing';

export function createInMemoryHeartbeats(clock: Clock): Heartbeats {
  const beats = new Map<string, number>();
  const now = (): number => Date.parse(clock.now());
  return {
    beat(who) {
      beats.set(who, now());
      return Promise.resolve();
    },
    read: () => Promise.resolve({ now: now(), beats: new Map(beats) }),
  };
}
