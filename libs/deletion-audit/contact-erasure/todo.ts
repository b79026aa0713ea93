import type { ContactEvent } from '#contacts/contact';
import type { Position, Recorded } from '#event-sourcing';
import type { AuditEvent } from '../audit/index.js';

export type ErasureEvent =
  | Extract<ContactEvent, { type: 'ContactDeletionRequested' }>
  | Extract<AuditEvent, { type: 'ContactDeleted' | 'ContactMadeUnreadable' }>;

/** How far an erasure is, as the events tell; what the request says stays in the contact's stream, at this revision. */
export type ErasureState =
  | { readonly phase: 'not-requested' }
  | { readonly phase: 'requested'; readonly contactId: string; readonly revision: number }
  | {
      readonly phase: 'recorded';
      readonly contactIds: readonly string[];
      /** Revision and position of the audit entry. */
      readonly entry: number;
      readonly purgedAt: Position;
    }
  | { readonly phase: 'unreadable' };

export const initial: ErasureState = { phase: 'not-requested' };

/** Later phases win: the request and the audit are in different streams, and a restart may see the request again. */
export function evolve(state: ErasureState, event: Recorded<ErasureEvent>): ErasureState {
  switch (event.type) {
    case 'ContactDeletionRequested':
      if (state.phase !== 'not-requested') return state;
      return { phase: 'requested', contactId: event.data.contactId, revision: event.revision };
    case 'ContactDeleted': {
      if (state.phase === 'unreadable') return state;
      const { revision: entry, position: purgedAt } = event;
      return { phase: 'recorded', contactIds: event.data.contactIds, entry, purgedAt };
    }
    case 'ContactMadeUnreadable':
      return { phase: 'unreadable' };
  }
}
