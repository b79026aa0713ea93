import { StoreUnavailable } from '#event-sourcing';
import type { KeyStore } from '#event-sourcing';

/** Any key store whose calls fail, before or after their effect, as `plan` says by their number. */
export function withKeyFaults(
  store: KeyStore,
  plan: (number: number) => 'error-before' | 'error-after' | undefined,
): KeyStore {
  let calls = 0;
  async function call<T>(work: () => Promise<T>): Promise<T> {
    const fault = plan(calls++);
    if (fault === 'error-before') throw new StoreUnavailable('key-store', 'injected before');
    const result = await work();
    if (fault === 'error-after') throw new StoreUnavailable('key-store', 'injected after');
    return result;
  }
  return {
    ...store,
    find: (subjects) => call(() => store.find(subjects)),
    make: (subjects) => call(() => store.make(subjects)),
    replace: (subject, before, after) => call(() => store.replace(subject, before, after)),
    destroy: (subject, reason) => call(() => store.destroy(subject, reason)),
  };
}
