import { emptySet, withAdded } from '#event-sourcing';
import type { GrowingSet } from '#event-sourcing';
import type { BulkDeletionEvent } from './events.js';

export type BulkDeletionState =
  | { readonly phase: 'unknown' }
  | {
      readonly phase: 'confirmed' | 'cancelled';
      readonly parts: number;
      /** Contacts that are still to be dealt with. */
      readonly left: number;
      readonly settled: GrowingSet;
    };

export const initial: BulkDeletionState = { phase: 'unknown' };

export function evolve(state: BulkDeletionState, event: BulkDeletionEvent): BulkDeletionState {
  if (event.type === 'BulkDeletionConfirmed') {
    return { phase: 'confirmed', parts: event.data.parts, left: event.data.count, settled: emptySet };
  }
  if (state.phase === 'unknown') return state;
  switch (event.type) {
    case 'ContactsSelectedForDeletion':
      return state;
    case 'SelectedContactDeleted':
    case 'SelectedContactKept': {
      const settled = withAdded(state.settled, event.data.contactId);
      return settled === state.settled ? state : { ...state, left: state.left - 1, settled };
    }
    case 'BulkDeletionCancelled':
      return { ...state, phase: 'cancelled' };
  }
}
