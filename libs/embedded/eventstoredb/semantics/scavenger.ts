import { randomUUID } from 'node:crypto';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { PageLimit } from '../storage/event-reader.js';
import type { Scavengeable } from './scavengeable.js';
import type { StreamStore } from './stream-store.js';

/** One commit's worth: small, because appends wait meanwhile. */
const SLICE: PageLimit = { events: 64, bytes: 256 * 1024 };
const RETRY_DELAY = 5;

/** How a scavenge has ended. */
export interface ScavengeResult {
  readonly id: string;
  readonly end: 'completed' | 'stopped';
  readonly removedEvents: number;
}

interface RunningScavenge {
  readonly id: string;
  readonly result: Promise<ScavengeResult>;
  isStopping: boolean;
}

/** As the admin calls name it. */
export interface LastScavenge {
  readonly id: string;
  readonly result: 'InProgress' | 'Success' | 'Stopped' | 'Failed';
}

/**
 * Removes from the files what nobody can read any more. When a scavenge has completed, no byte of a removed event is
 * left in any of them. Stopping, or dying, in the middle leaves a log in which some is removed; the next one goes on.
 */
export class Scavenger {
  readonly #store: StreamStore;
  readonly #find: () => AsyncIterable<readonly Scavengeable[]>;
  #running: RunningScavenge | undefined;
  #last: LastScavenge | undefined;

  /** `find` lists what is removable as of the call, in portions; away from this thread, it takes time. */
  constructor(store: StreamStore, find: () => AsyncIterable<readonly Scavengeable[]>) {
    this.#store = store;
    this.#find = find;
  }

  /** Starts one, or gives the one that runs. */
  start(): { readonly id: string; readonly result: Promise<ScavengeResult> } {
    if (!this.#running) {
      const id = randomUUID();
      this.#last = { id, result: 'InProgress' };
      const result = this.#run(id).finally(() => {
        this.#running = undefined;
      });
      result.then(
        ({ end }) => (this.#last = { id, result: end === 'completed' ? 'Success' : 'Stopped' }),
        () => (this.#last = { id, result: 'Failed' }),
      );
      // Whoever waits for the result is told of a failure; without anyone waiting it must not end the process.
      result.catch(() => undefined);
      this.#running = { id, result, isStopping: false };
    }
    return this.#running;
  }

  /** The one that runs, or the last one since the start of the server. */
  get last(): LastScavenge | undefined {
    return this.#last;
  }

  /** Resolves when the scavenge with that id, or the 'current' one, has stopped; undefined when there is none such. */
  async stop(id: string): Promise<ScavengeResult | undefined> {
    const running = this.#running;
    if (!running || (id !== running.id && id !== 'current')) return undefined;
    running.isStopping = true;
    return running.result;
  }

  async #run(id: string): Promise<ScavengeResult> {
    let removedEvents = 0;
    for await (const portion of this.#find()) {
      for (const { stream, before } of portion) {
        for (let removed = -1; removed !== 0; removedEvents += removed) {
          await setImmediate();
          if (this.#running?.isStopping) return { id, end: 'stopped', removedEvents };
          removed = this.#removeSlice(stream, before);
        }
      }
    }
    for (const isTaken of this.#store.log.wipeSteps()) {
      await (isTaken ? setImmediate() : setTimeout(RETRY_DELAY));
      if (this.#running?.isStopping) return { id, end: 'stopped', removedEvents };
    }
    return { id, end: 'completed', removedEvents };
  }

  #removeSlice(stream: string, before: number): number {
    // Not synced: what a power failure brings back, the next scavenge finds again.
    const { result } = this.#store.commit(() => this.#store.log.removeBefore(stream, before, SLICE));
    for (const event of result) this.#store.recentIds.forget(event);
    return result.length;
  }
}
