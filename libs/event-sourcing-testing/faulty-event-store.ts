import { StoreUnavailable } from '#event-sourcing';
import type { EventStore } from '#event-sourcing';

/**
 * `error-before`: nothing happened. `error-after`: it took effect, and the answer was lost. `delay`: others go first.
 */
export type InjectedFault = 'error-before' | 'error-after' | 'delay';

export interface StoreCall {
  readonly method: keyof EventStore;
  /** `undefined` for calls on the whole log. */
  readonly stream: string | undefined;
  /** Counts all calls from 0. */
  readonly number: number;
}

/** Decides, call by call, what goes wrong. */
export type FaultPlan = (call: StoreCall) => InjectedFault | undefined;

const turnsOfDelay = 5;

/**
 * Any event store, with the faults of `plan`. A read or subscription with `error-after` fails at its end or after its
 * first batch.
 */
export function withFaults(store: EventStore, plan: FaultPlan): EventStore {
  let calls = 0;

  async function begin(method: keyof EventStore, stream?: string): Promise<() => void> {
    const fault = plan({ method, stream, number: calls++ });
    if (fault === 'error-before') throw new StoreUnavailable('event-store', `injected before ${method}`);
    if (fault === 'delay') for (let turn = 0; turn < turnsOfDelay; turn++) await new Promise(setImmediate);
    return () => {
      if (fault === 'error-after') throw new StoreUnavailable('event-store', `injected after ${method}`);
    };
  }

  async function call<T>(method: keyof EventStore, stream: string | undefined, work: () => Promise<T>): Promise<T> {
    const end = await begin(method, stream);
    const result = await work();
    end();
    return result;
  }

  return {
    append: (stream, events, expected) => call('append', stream, () => store.append(stream, events, expected)),
    async *readStream(stream, read) {
      const end = await begin('readStream', stream);
      yield* store.readStream(stream, read);
      end();
    },
    async *readAll(read) {
      const end = await begin('readAll');
      yield* store.readAll(read);
      end();
    },
    eventAt: (position) => call('eventAt', undefined, () => store.eventAt(position)),
    async *subscribe(from) {
      const end = await begin('subscribe');
      for await (const batch of store.subscribe(from)) {
        yield batch;
        end();
      }
    },
    truncateBefore: (stream, revision) => call('truncateBefore', stream, () => store.truncateBefore(stream, revision)),
    expireAfter: (stream, seconds) => call('expireAfter', stream, () => store.expireAfter(stream, seconds)),
    tombstone: (stream, expected) => call('tombstone', stream, () => store.tombstone(stream, expected)),
  };
}
