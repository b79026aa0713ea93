import { StoreUnavailable } from '#event-sourcing';
import type { Documents } from '#event-sourcing';
import type { InjectedFault } from './faulty-event-store.js';

/** Decides, call by call (counted from 0), what goes wrong. */
export type DocumentsFaultPlan = (call: {
  readonly method: keyof Documents;
  readonly number: number;
}) => InjectedFault | undefined;

const turnsOfDelay = 5;

/** Any Documents, with the faults of `plan`. */
export function documentsWithFaults(documents: Documents, plan: DocumentsFaultPlan): Documents {
  let calls = 0;
  return new Proxy(documents, {
    get(target, name) {
      const method = name as keyof Documents;
      const call = target[method].bind(target) as (...args: unknown[]) => Promise<unknown>;
      return async (...args: unknown[]) => {
        const fault = plan({ method, number: calls++ });
        if (fault === 'error-before') throw new StoreUnavailable('documents', `injected before ${method}`);
        if (fault === 'delay') for (let turn = 0; turn < turnsOfDelay; turn++) await new Promise(setImmediate);
        const result = await call(...args);
        if (fault === 'error-after') throw new StoreUnavailable('documents', `injected after ${method}`);
        return result;
      };
    },
  });
}
