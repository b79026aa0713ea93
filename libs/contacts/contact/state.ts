import type { ContactEvent } from './events.js';
import type { BorrowedValue } from './events/merging.js';
import { createdContact, evolveKnown } from './known-contact.js';
import type { ContactIdentity, KnownContact } from './known-contact.js';

/** It went into another contact. */
export interface MergedContact {
  readonly phase: 'merged';
  readonly mergeId: string;
  readonly primaryId: string;
  readonly winners: readonly BorrowedValue[];
  /** What comes back when the merge is undone. */
  readonly contact: KnownContact;
}

/** Sealed; the identities are still to be released. */
export interface DeletingContact {
  readonly phase: 'deleting';
  readonly erasureId: string;
  readonly identities: readonly ContactIdentity[];
  /** Contacts that were merged into it: they go with it. */
  readonly mergedIds: readonly string[];
}

export type ContactState = { readonly phase: 'unknown' } | KnownContact | MergedContact | DeletingContact;

export const initial: ContactState = { phase: 'unknown' };

export function evolve(state: ContactState, event: ContactEvent): ContactState {
  if (state.phase === 'deleting') return state;
  if (state.phase === 'unknown') return event.type === 'ContactCreated' ? createdContact(event.data.createdBy) : state;
  const contact = state.phase === 'merged' ? state.contact : state;
  switch (event.type) {
    case 'ContactHandedOver': {
      const { mergeId, primaryId, winners } = event.data;
      if (state.phase === 'merged') return state;
      return { phase: 'merged', mergeId, primaryId, winners, contact: { ...state, handedOver: state.handedOver + 1 } };
    }
    case 'ContactGivenBack': {
      if (state.phase !== 'merged') return state;
      const { mergeId, primaryId } = state;
      return { ...contact, formerMerges: [...contact.formerMerges, { mergeId, primaryId }] };
    }
    case 'ContactDeletionRequested': {
      const { identities, absorbed } = contact;
      const mergedIds = absorbed.flatMap(({ contactIds }) => contactIds);
      return { phase: 'deleting', erasureId: event.data.erasureId, identities, mergedIds };
    }
    default: {
      const evolved = evolveKnown(contact, event);
      return state.phase === 'merged' ? { ...state, contact: evolved } : evolved;
    }
  }
}
