import type { ContactEvent } from '#contacts/contact';
import { composedValues, evolveMerges, unmerged } from '#contacts/contact-profile';
import type { Merges } from '#contacts/contact-profile';
import type { MatchValue } from './document.js';

/** The events that change by what a contact can be matched. */
export type MatchEvent = Extract<
  ContactEvent,
  {
    type:
      | 'ContactCreated'
      | 'AttributeSet'
      | 'AttributeCleared'
      | 'ContactHandedOver'
      | 'ContactGivenBack'
      | 'ContactsMerged'
      | 'MergeUndone'
      | 'ContactDeletionRequested';
  }
>;

/** What a contact has of its own, whatever it was merged into. */
export interface MatchedPart extends Merges {
  readonly values: readonly MatchValue[];
}

/** `undefined`: there is no such contact (any more). */
export function evolvePart(part: MatchedPart | undefined, event: MatchEvent): MatchedPart | undefined {
  if (event.type === 'ContactCreated') return part ?? { values: [], ...unmerged };
  if (!part || event.type === 'ContactDeletionRequested') return undefined;
  const { values } = part;
  const merges = evolveMerges(part, event);
  switch (event.type) {
    case 'AttributeSet': {
      const { alias, medium = null, matchKeys = [] } = event.data;
      return { ...merges, values: replaced(values, { alias, medium, keys: matchKeys }) };
    }
    case 'AttributeCleared': {
      const { alias, medium = null } = event.data;
      return { ...merges, values: replaced(values, { alias, medium, keys: [] }) };
    }
    default:
      return { ...merges, values };
  }
}

/** What of a contact and of those that were merged into it counts (CON-5); `undefined`: another one speaks for it. */
export function wholeValues(
  contactId: string,
  partOf: (contactId: string) => MatchedPart | undefined,
): readonly MatchValue[] | undefined {
  const part = partOf(contactId);
  if (part?.mergedInto !== null) return undefined;
  return composedValues(part, (id) => partOf(id)?.values ?? []);
}

/** The same step for each of these events. */
export function matchSteps<Step>(step: Step): Readonly<Record<MatchEvent['type'], Step>> {
  return {
    ContactCreated: step,
    AttributeSet: step,
    AttributeCleared: step,
    ContactHandedOver: step,
    ContactGivenBack: step,
    ContactsMerged: step,
    MergeUndone: step,
    ContactDeletionRequested: step,
  };
}

function replaced(values: readonly MatchValue[], value: MatchValue): readonly MatchValue[] {
  const others = values.filter(({ alias, medium }) => alias !== value.alias || medium !== value.medium);
  return value.keys.length === 0 ? others : [...others, value];
}

/** Each key once: two attributes of one alias can hold the same value. */
export const keysOf = (values: readonly MatchValue[]): readonly string[] => [
  ...new Set(values.flatMap(({ keys }) => keys)),
];
