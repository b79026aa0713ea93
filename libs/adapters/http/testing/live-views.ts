import { setTimeout as sleep } from 'node:timers/promises';
import { categoryOf, StoreUnavailable } from '#event-sourcing';
import type { DomainEvent, EventStore, LiveView, LiveViews, Position } from '#event-sourcing';

/** As long as the real ones wait. */
const patienceMs = 5_000;

/** A live view whose types are hidden. */
interface Followed {
  readonly name: string;
  readonly categories: readonly string[];
  readonly initial: unknown;
  readonly evolve: (state: never, event: never) => unknown;
}

/** Live views over the in-memory store: folds what the store's subscription brings. */
export function followInMemory(store: EventStore, views: readonly Followed[]): LiveViews & { close(): void } {
  const states = new Map<object, unknown>(views.map((view) => [view, view.initial]));
  const stop = new AbortController();
  let position: Position = 0;
  const following = (async () => {
    for await (const { events, checkpoint } of store.subscribe({ after: 'start', signal: stop.signal })) {
      for (const event of events) {
        for (const view of views) {
          const mine = categoryOf(event.stream, new Set(view.categories)) !== undefined;
          if (mine) states.set(view, view.evolve(states.get(view) as never, event as never));
        }
      }
      position = checkpoint;
    }
  })();
  return {
    read: <S, E extends DomainEvent>(view: LiveView<S, E>) => states.get(view) as S,
    ready: true,
    get position() {
      return position;
    },
    async waitFor(asked) {
      const until = Date.now() + patienceMs;
      while (position < asked) {
        if (Date.now() > until) throw new StoreUnavailable('event-store', 'not there yet');
        await sleep(1);
      }
    },
    close() {
      stop.abort();
      void following;
    },
  };
}
