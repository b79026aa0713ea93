import { Overloaded } from '#event-sourcing';

export interface Semaphore {
  /** Resolves with the release when there is room. Throws `Overloaded` when too many wait already. */
  enter(): Promise<() => void>;
}

/** At most `places` at once, at most `mostWaiting` more in a queue. */
export function createSemaphore(what: string, places: number, mostWaiting: number): Semaphore {
  const waiting: (() => void)[] = [];
  let free = places;
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
  /** A release that counts once, however often it is called. */
  const release = (): (() => void) => {
    let held = true;
    return () => {
      if (held) leave();
      held = false;
    };
  };
  return {
    async enter() {
      if (free > 0) free--;
      else if (waiting.length >= mostWaiting) throw new Overloaded(what);
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return release();
    },
  };
}
