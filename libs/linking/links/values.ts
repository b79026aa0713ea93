import type { ContactEvent } from '#contacts/contact';
import type { MatchValue } from './document.js';

/** The events that change by what a contact can be matched. */
export type MatchEvent = Extract<
  ContactEvent,
  { type: 'ContactCreated' | 'AttributeSet' | 'AttributeCleared' | 'ContactDeletionRequested' }
>;

/** `undefined`: there is no such contact (any more). */
export function evolveValues(
  values: readonly MatchValue[] | undefined,
  event: MatchEvent,
): readonly MatchValue[] | undefined {
  switch (event.type) {
    case 'ContactCreated':
      return values ?? [];
    case 'AttributeSet': {
      const { alias, medium = null, matchKeys = [] } = event.data;
      return values && replaced(values, { alias, medium, keys: matchKeys });
    }
    case 'AttributeCleared': {
      const { alias, medium = null } = event.data;
      return values && replaced(values, { alias, medium, keys: [] });
    }
    case 'ContactDeletionRequested':
      return undefined;
  }
}

function replaced(values: readonly MatchValue[], value: MatchValue): readonly MatchValue[] {
  const others = values.filter(({ alias, medium }) => alias !== value.alias || medium !== value.medium);
  return value.keys.length === 0 ? others : [...others, value];
}

/** Each key once: two attributes of one alias can hold the same value. */
export const keysOf = (values: readonly MatchValue[]): readonly string[] => [
  ...new Set(values.flatMap(({ keys }) => keys)),
];
