import { StoreUnavailable } from './errors.js';
import type { DomainEvent, Position, RecordedEvent } from './event.js';
import type { LiveView, LiveViews } from './live-view.js';
import type { Clock } from './ports/clock.js';
import type { EventStore } from './ports/event-store.js';

/** A view of whatever state and events. */
export interface AnyLiveView {
  readonly name: string;
  readonly categories: readonly string[];
  readonly initial: unknown;
  evolve(state: never, event: never): unknown;
}

/** A view whose types are hidden: only `read` knows them again. */
interface Folded {
  readonly categories: ReadonlySet<string>;
  state: unknown;
  take(event: RecordedEvent): void;
}

export interface RunningLiveViews extends LiveViews {
  /** Resolves when the views have caught up. */
  start(): Promise<void>;
  close(): Promise<void>;
}

// A command's own configuration change is visible within milliseconds; the last look is after some five seconds.
const firstLook = 5;
const longestLook = 2_560;
const firstRestart = 100;
const longestRestart = 5_000;

/**
 * Follows the configuration by one subscription. What stops it for good (a newer writer, damaged data) makes the views
 * not ready, so that nobody decides on configuration that stands still; it is tried again where it stopped.
 * `stumbled` hears of each fault: for the log.
 */
export function createLiveViews(
  store: EventStore,
  views: readonly AnyLiveView[],
  clock: Clock,
  stumbled: (fault: unknown) => void = () => undefined,
): RunningLiveViews {
  const folded = new Map<string, Folded>(views.map((view) => [view.name, fold(view)]));
  const categories = [...new Set(views.flatMap((view) => view.categories))];
  const closing = new AbortController();
  const caughtUp = Promise.withResolvers<undefined>();
  let position: Position = 0;
  let looking: Promise<void> | undefined;
  /** Caught up once, and not stopped by a fault since. */
  let ready = false;
  let following: Promise<void> = Promise.resolve();

  async function follow(): Promise<void> {
    for (let pause = firstRestart; !closing.signal.aborted; pause = Math.min(pause * 2, longestRestart)) {
      try {
        for await (const batch of store.subscribe({ after: position, signal: closing.signal, categories })) {
          for (const event of batch.events) for (const view of folded.values()) view.take(event);
          position = Math.max(position, batch.checkpoint);
          pause = firstRestart;
          if (batch.caughtUp) {
            ready = true;
            caughtUp.resolve(undefined);
          }
        }
      } catch (fault) {
        // A lost connection does not come to here: the port goes on by itself. What does leaves the views incomplete.
        ready = false;
        stumbled(fault);
      }
      await clock.sleep(pause, closing.signal);
    }
  }

  /**
   * The subscription hears nothing of events that are none of its categories'. Looks whether there are any of its own
   * in what it has not examined; if not, that is examined.
   */
  async function look(): Promise<void> {
    const done = new AbortController();
    const signal = AbortSignal.any([done.signal, closing.signal]);
    for await (const { events, checkpoint, caughtUp } of store.subscribe({ after: position, signal, categories })) {
      if (events.length > 0 || caughtUp) done.abort();
      if (events.length === 0) position = Math.max(position, checkpoint);
    }
  }

  return {
    get ready() {
      return ready;
    },
    get position() {
      return position;
    },
    read<S, E extends DomainEvent>(view: LiveView<S, E>): S {
      if (!ready) throw new StoreUnavailable('event-store', 'the configuration is not complete');
      const known = folded.get(view.name);
      if (!known) throw new TypeError(`${view.name} is not among the live views of this process`);
      return known.state as S;
    },
    async waitFor(wanted) {
      for (let pause = firstLook; position < wanted; pause *= 2) {
        if (pause > longestLook) throw new StoreUnavailable('event-store', 'the configuration does not advance');
        await clock.sleep(pause, closing.signal);
        if (position < wanted) await (looking ??= look().finally(() => (looking = undefined)));
      }
    },
    start() {
      following = follow();
      return caughtUp.promise;
    },
    async close() {
      closing.abort();
      await following;
    },
  };
}

function fold(view: AnyLiveView): Folded {
  const categories = new Set(view.categories);
  return {
    categories,
    state: view.initial,
    take(event) {
      const category = event.stream.slice(0, event.stream.indexOf('-'));
      if (categories.has(event.stream) || categories.has(category)) {
        // Its own state and its own categories' events: the one place where their types are not known.
        this.state = view.evolve(this.state as never, event as never);
      }
    },
  };
}
