import { emptySet, withAdded } from '#event-sourcing';
import type { GrowingSet } from '#event-sourcing';
import { chainStart } from './chain.js';
import type { AuditEvent } from './events.js';

export interface AuditState {
  /** Hash of the newest entry. */
  readonly head: string;
  readonly recorded: GrowingSet;
  readonly unreadable: GrowingSet;
  readonly completed: GrowingSet;
}

export const initial: AuditState = { head: chainStart, recorded: emptySet, unreadable: emptySet, completed: emptySet };

export function evolve(state: AuditState, { type, data: { hash, erasureId } }: AuditEvent): AuditState {
  switch (type) {
    case 'ContactDeleted':
      return { ...state, head: hash, recorded: withAdded(state.recorded, erasureId) };
    case 'ContactMadeUnreadable':
      return { ...state, head: hash, unreadable: withAdded(state.unreadable, erasureId) };
    case 'ErasureCompleted':
      return { ...state, head: hash, completed: withAdded(state.completed, erasureId) };
  }
}
