import type { IdentityEvent } from './events.js';

export interface Release {
  readonly releasedAt: string;
  readonly recentMessages: readonly string[];
}

export interface IdentityState {
  /** Contact that owns the identity; `undefined`: nobody. */
  readonly ownerId: string | undefined;
  /** The newest release: also kept while another contact owns the identity, because redeliveries come late. */
  readonly release: Release | undefined;
}

export const initial: IdentityState = { ownerId: undefined, release: undefined };

export function evolve(state: IdentityState, event: IdentityEvent): IdentityState {
  switch (event.type) {
    case 'IdentityClaimed':
      return { ...state, ownerId: event.data.contactId };
    case 'IdentityClaimWithdrawn':
      return { ...state, ownerId: undefined };
    case 'IdentityReleased': {
      const { releasedAt, recentMessages } = event.data;
      return { ownerId: undefined, release: { releasedAt, recentMessages } };
    }
  }
}
