import { expect } from '@jest/globals';
import type { Command, Decider, DomainEvent, Refusal } from '#event-sourcing';

export interface Given<C extends Command, E extends DomainEvent, R extends Refusal> {
  when(command: C): {
    /** Exactly these events in this order, or exactly this refusal: nothing more, nothing less, at any depth. */
    then(expected: readonly E[] | R): void;
  };
}

/** `given(events).when(command).then(events or refusal)` for one decider. */
export function scenariosOf<C extends Command, E extends DomainEvent, S, R extends Refusal>(
  decider: Decider<C, E, S, R>,
): { readonly given: (events: readonly E[]) => Given<C, E, R> } {
  return {
    given: (events) => ({
      when: (command) => ({
        then(expected) {
          const state = events.reduce(decider.evolve, decider.initial);
          expect(decider.decide(command, state)).toStrictEqual(expected);
        },
      }),
    }),
  };
}
