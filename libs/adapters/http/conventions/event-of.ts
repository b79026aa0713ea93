import type { DomainEvent } from '#event-sourcing';

/** What the event of this type says, among those of an accepted command that always writes one. */
export function eventOf<E extends DomainEvent, Type extends E['type']>(
  events: readonly E[],
  type: Type,
): Extract<E, { readonly type: Type }>['data'] {
  const found = events.find((event): event is Extract<E, { readonly type: Type }> => event.type === type);
  if (found === undefined) throw new Error(`the command left no ${type}`);
  return found.data;
}
