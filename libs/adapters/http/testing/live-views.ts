import { categoryOf } from '#event-sourcing';
import type { DomainEvent, EventStore, LiveView, LiveViews, Position } from '#event-sourcing';

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
  const waiting = new Set<() => void>();
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
      for (const wake of [...waiting]) wake();
    }
  })();
  return {
    read: <S, E extends DomainEvent>(view: LiveView<S, E>) => states.get(view) as S,
    ready: true,
    get position() {
      return position;
    },
    async waitFor(asked) {
      while (position < asked) {
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
        });
      }
      waiting.clear();
    },
    close() {
      stop.abort();
      void following;
    },
  };
}
