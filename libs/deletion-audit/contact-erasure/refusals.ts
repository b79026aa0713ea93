import type { ContactRefusal } from '#contacts/contact';
import type { Refusal } from '#event-sourcing';
import type { AttemptsRefusal } from '../attempts/index.js';

export type ErasureRefusal =
  | Extract<
      ContactRefusal,
      { code: 'not-found' | 'contact-deleted' | 'contact-merged' | 'hint-mismatch' | 'hint-changed' }
    >
  | AttemptsRefusal
  | (Refusal<'unknown-reason'> & { readonly reason: string });

/** Those that are not another aggregate's. */
export const erasureRefusals: readonly {
  readonly code: 'unknown-reason';
  readonly rule: string;
  readonly sentence: string;
}[] = [{ code: 'unknown-reason', rule: 'DEL-1', sentence: 'There is no such reason for a deletion.' }];
