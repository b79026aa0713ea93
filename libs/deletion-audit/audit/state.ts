import { emptySet, withAdded } from '#event-sourcing';
import type { GrowingSet } from '#event-sourcing';
import { chainStart } from './chain.js';
import type { AuditEvent } from './events.js';

export interface AuditState {
  /** Hash of the newest entry. */
  readonly head: string;
  readonly recorded: GrowingSet;
  readonly completed: GrowingSet;
}

export const initial: AuditState = { head: chainStart, recorded: emptySet, completed: emptySet };

export function evolve(state: AuditState, { type, data: { hash, erasureId } }: AuditEvent): AuditState {
  return type === 'ContactDeleted'
    ? { ...state, head: hash, recorded: withAdded(state.recorded, erasureId) }
    : { ...state, head: hash, completed: withAdded(state.completed, erasureId) };
}
