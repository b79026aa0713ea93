import type { IdentityEvent } from './events.js';

export interface Release {
  readonly releasedAt: string;
  readonly recentMessages: readonly string[];
}

export interface IdentityState {
  /** Contact that owns the identity; `undefined`: nobody. */
  readonly ownerId: string | undefined;
  /** Contact that claimed it: it stays the subject of what the identity says, whoever owns it after a merge. */
  readonly subjectId: string | undefined;
  /** Other contacts that owned it since the claim: messages of the identity can lie with them. */
  readonly earlierOwnerIds: readonly string[];
  /** The newest release: also kept while another contact owns the identity, because redeliveries come late. */
  readonly release: Release | undefined;
}

const unowned = { ownerId: undefined, subjectId: undefined, earlierOwnerIds: [] };

export const initial: IdentityState = { ...unowned, release: undefined };

export function evolve(state: IdentityState, event: IdentityEvent): IdentityState {
  switch (event.type) {
    case 'IdentityClaimed':
      return { ...state, ownerId: event.data.contactId, subjectId: event.data.contactId, earlierOwnerIds: [] };
    case 'IdentityMoved': {
      const { contactId, fromContactId } = event.data;
      const others = state.earlierOwnerIds.filter((id) => id !== contactId && id !== fromContactId);
      return { ...state, ownerId: contactId, earlierOwnerIds: [...others, fromContactId] };
    }
    case 'IdentityClaimWithdrawn':
      return { ...state, ...unowned };
    case 'IdentityReleased': {
      const { releasedAt, recentMessages } = event.data;
      return { ...unowned, release: { releasedAt, recentMessages } };
    }
  }
}
