import { emptySet, withAdded } from '#event-sourcing';
import type { GrowingSet } from '#event-sourcing';
import type { RedactionEvent } from './events.js';

export interface RedactionState {
  /** Ids of the events that can never be read again. */
  readonly gone: GrowingSet;
}

export const initial: RedactionState = { gone: emptySet };

export function evolve({ gone }: RedactionState, { data }: RedactionEvent): RedactionState {
  return { gone: data.eventIds.reduce(withAdded, gone) };
}
