import type { BorrowedValue, ContactEvent } from '../contact/index.js';

/** How merges have put contacts together, seen from one of them. */
export interface Merges {
  /** Those in force that brought other contacts here, oldest first. */
  readonly absorbed: readonly Absorbed[];
  /** The contact that speaks for this one. */
  readonly mergedInto: string | null;
}

export interface Absorbed {
  readonly mergeId: string;
  /** The secondary, and what was merged into it before. */
  readonly contactIds: readonly string[];
  /** Attributes whose values are read there. */
  readonly values: readonly BorrowedValue[];
}

export type MergesEvent = Extract<
  ContactEvent,
  {
    type:
      'ContactHandedOver' | 'ContactGivenBack' | 'ContactsMerged' | 'MergeUndone' | 'AttributeSet' | 'AttributeCleared';
  }
>;

export const unmerged: Merges = { absorbed: [], mergedInto: null };

/** What the event makes of the contact's merges; the same references when nothing. */
export function evolveMerges({ absorbed, mergedInto }: Merges, event: MergesEvent): Merges {
  switch (event.type) {
    case 'ContactHandedOver':
      return { absorbed, mergedInto: event.data.primaryId };
    case 'ContactGivenBack':
      return { absorbed, mergedInto: null };
    case 'ContactsMerged': {
      const { mergeId, contactIds, values } = event.data;
      return { absorbed: [...absorbed, { mergeId, contactIds, values }], mergedInto };
    }
    case 'MergeUndone':
      return { absorbed: absorbed.filter(({ mergeId }) => mergeId !== event.data.mergeId), mergedInto };
    case 'AttributeSet':
    case 'AttributeCleared':
      return event.data.medium === undefined
        ? { absorbed: withoutBorrowed(absorbed, event.data.alias), mergedInto }
        : { absorbed, mergedInto };
  }
}

/** From now on the contact has its own value, or none. */
export function withoutBorrowed(absorbed: readonly Absorbed[], alias: string): readonly Absorbed[] {
  if (!absorbed.some(({ values }) => values.some((value) => value.alias === alias))) return absorbed;
  return absorbed.map((merge) => ({ ...merge, values: merge.values.filter((value) => value.alias !== alias) }));
}

/**
 * The contacts that an event is about, those included that it merges or parts: for `load` of a model's side documents.
 */
export function contactsNamed(data: object): readonly string[] {
  const {
    contactId,
    primaryId,
    contactIds = [],
  } = data as {
    readonly contactId?: string;
    readonly primaryId?: string;
    readonly contactIds?: readonly string[];
  };
  return [contactId, primaryId, ...contactIds].filter((id) => id !== undefined);
}

/** Contacts that say together with this one what it is. */
export const mergedWith = ({ absorbed, mergedInto }: Merges): readonly string[] => [
  ...absorbed.flatMap(({ contactIds }) => contactIds),
  ...(mergedInto === null ? [] : [mergedInto]),
];

/** The last primary of the contact's merges; the contact itself when it stands alone. */
export function speakerFor(contactId: string, mergesOf: (contactId: string) => Merges | undefined): string {
  const passed = new Set<string>();
  let speaker = contactId;
  for (let next: string | null = contactId; next !== null && !passed.has(next);) {
    passed.add(next);
    speaker = next;
    next = mergesOf(next)?.mergedInto ?? null;
  }
  return speaker;
}

/**
 * The values that a contact shows: its own, but for those that a merge brought; and what channels told of the others
 * where the contact itself has nothing.
 */
export function composedValues<V extends { readonly alias: string; readonly medium: string | null }>(
  { absorbed, values }: Pick<Merges, 'absorbed'> & { readonly values: readonly V[] },
  valuesOf: (contactId: string) => readonly V[],
): readonly V[] {
  if (absorbed.length === 0) return values;
  const owners = new Map(absorbed.flatMap((merge) => merge.values.map(({ alias, contactId }) => [alias, contactId])));
  const borrowed = [...owners].flatMap(
    ([alias, ownerId]) => valuesOf(ownerId).find((value) => value.alias === alias && value.medium === null) ?? [],
  );
  const shown = [...values.filter(({ alias, medium }) => medium !== null || !owners.has(alias)), ...borrowed];
  for (const value of absorbed.flatMap(({ contactIds }) => contactIds.flatMap(valuesOf))) {
    const { alias, medium } = value;
    if (medium !== null && !shown.some((one) => one.alias === alias && one.medium === medium)) shown.push(value);
  }
  return shown;
}
