import type { ToDo } from '#event-sourcing';
import type { ErasureState } from './todo.js';

/** The steps of an erasure; each can be done again after any interruption. */
export type ErasureStep = ToDo &
  (
    | { readonly name: 'record-deletion'; readonly contactId: string; readonly revision: number }
    | { readonly name: 'release-identities' | 'remove-conversations' | 'remove-contact'; readonly contactId: string }
    | { readonly name: 'complete'; readonly contactIds: readonly string[] }
  );

/**
 * In the order of DEL-6: the audit entry before anything goes; identities are released before the chain is sealed, so
 * that a message which meets the seal finds nobody owning its identity and makes a new contact; the contact's stream,
 * from which the other steps read, goes last.
 */
export function react(state: ErasureState): readonly ErasureStep[] {
  switch (state.phase) {
    case 'not-requested':
    case 'completed':
      return [];
    case 'requested': {
      const { contactId, revision } = state;
      return [{ id: 'record-deletion', name: 'record-deletion', contactId, revision }];
    }
    case 'recorded':
      return [
        ...(['release-identities', 'remove-conversations', 'remove-contact'] as const).flatMap((name) =>
          state.contactIds.map((contactId) => ({ id: `${name} ${contactId}`, name, contactId })),
        ),
        { id: 'complete', name: 'complete', contactIds: state.contactIds },
      ];
  }
}
