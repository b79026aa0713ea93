import type { Position } from '../event.js';
import type { Clock } from '../ports/clock.js';
import type { EventStore } from '../ports/event-store.js';

// Long beside a batch, short beside what somebody notices.
const lookAfter = 500;

/**
 * Waits for the models that take a batch in, and answers who was left behind: a model that keeps others waiting while
 * more than `mostBehind` events wait in the log. What a slow one has begun goes on and does no harm (its writes are
 * guarded); a model that is alone, or slow together with all others, is waited for. Throws what a model throws.
 */
export async function finish(
  applying: ReadonlyMap<string, Promise<void>>,
  { store, clock, mostBehind }: { readonly store: EventStore; readonly clock: Clock; readonly mostBehind: number },
  { leavesSlowOnes, stumbled }: { readonly leavesSlowOnes: boolean; readonly stumbled: (fault: unknown) => void },
  taken: Position,
): Promise<ReadonlySet<string>> {
  const unfinished = new Set(applying.keys());
  const all = Promise.all(
    [...applying].map(async ([name, done]) => {
      await done;
      unfinished.delete(name);
    }),
  ).then(() => 'all' as const);
  if (!leavesSlowOnes) return all.then(() => unfinished);
  // What fails after this has returned is nobody's to wait for.
  all.catch(() => undefined);
  const looking = new AbortController();
  try {
    for (;;) {
      const look = clock.sleep(lookAfter, looking.signal).then(() => 'look' as const);
      if ((await Promise.race([all, look])) === 'all') return unfinished;
      const someFinished = unfinished.size < applying.size;
      if (!someFinished || (await waitingAfter(store, taken, mostBehind)) < mostBehind) continue;
      all.catch(stumbled);
      return new Set(unfinished);
    }
  } finally {
    looking.abort();
  }
}

/** Number of events after `position`, counted up to `most`. */
async function waitingAfter(store: EventStore, position: Position, most: number): Promise<number> {
  return (await Array.fromAsync(store.readAll({ beyond: position, limit: most }))).length;
}
