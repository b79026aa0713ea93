import { media } from '#channels/channel';
import type { Medium } from '#channels/channel';
import type { AttributeFormat, AttributesEvent } from './events.js';
import { platformAttributes } from './platform.js';

export interface AttributeOption {
  readonly optionId: string;
  readonly label: string;
  /** It cannot be chosen any more; values that have it keep it. */
  readonly retired: boolean;
}

export interface AttributeDefinition {
  readonly alias: string;
  /** Stands with platform attributes only: (medium, alias) is what makes them one. */
  readonly medium?: Medium;
  readonly kind: 'standard' | 'platform' | 'custom';
  readonly label: string;
  readonly format: AttributeFormat;
  readonly repeatable: boolean;
  readonly enabled: boolean;
  /** Of a dropdown; empty otherwise. */
  readonly options: readonly AttributeOption[];
  /** A change of its value asks the CRM (ATT-5). */
  readonly lookup: boolean;
  /** The CRM fills it; people do not (ATT-5). */
  readonly managed: boolean;
  /** ISO 8601 duration without an open conversation after which values are cleared (ATT-7); `null`: they stay. */
  readonly retention: string | null;
}

/** All attributes in the admin's order. */
export type AttributeCatalogue = readonly AttributeDefinition[];

/** What a definition says when nobody has said anything about it. */
const unsaid = { enabled: true, options: [], lookup: false, managed: false, retention: null } as const;
const unset = { ...unsaid, repeatable: false } as const;

/** Standard and platform attributes are there from the beginning, without events. */
export const initial: AttributeCatalogue = [
  { alias: 'vip', kind: 'standard', label: 'VIP', format: 'boolean', ...unset },
  { alias: 'language', kind: 'standard', label: 'Language', format: 'language', ...unset },
  ...media.flatMap((medium) =>
    platformAttributes[medium].map(({ alias, format }): AttributeDefinition => ({
      alias,
      medium,
      kind: 'platform',
      label: alias,
      format,
      ...unset,
    })),
  ),
];

export function evolve(catalogue: AttributeCatalogue, event: AttributesEvent): AttributeCatalogue {
  switch (event.type) {
    case 'AttributeDefined':
      return [...catalogue, { ...unsaid, ...event.data, kind: 'custom' }];
    case 'AttributeOptionAdded': {
      const { alias, optionId, label } = event.data;
      const option = { optionId, label, retired: false };
      return changed(catalogue, { alias }, ({ options }) => ({
        options: options.some((known) => known.optionId === optionId)
          ? options.map((known) => (known.optionId === optionId ? option : known))
          : [...options, option],
      }));
    }
    case 'AttributeOptionRetired': {
      const { alias, optionId } = event.data;
      return changed(catalogue, { alias }, ({ options }) => ({
        options: options.map((known) => (known.optionId === optionId ? { ...known, retired: true } : known)),
      }));
    }
    case 'AttributesReordered':
      return reordered(catalogue, event.data.names);
    case 'AttributeRelabelled':
      return changed(catalogue, event.data, () => ({ label: event.data.label }));
    case 'AttributeEnabled':
      return changed(catalogue, event.data, () => ({ enabled: true }));
    case 'AttributeDisabled':
      return changed(catalogue, event.data, () => ({ enabled: false }));
    case 'AttributeLookupStarted':
      return changed(catalogue, event.data, () => ({ lookup: true }));
    case 'AttributeLookupStopped':
      return changed(catalogue, event.data, () => ({ lookup: false }));
    case 'AttributeManagementBegan':
      return changed(catalogue, event.data, () => ({ managed: true }));
    case 'AttributeManagementEnded':
      return changed(catalogue, event.data, () => ({ managed: false }));
    case 'AttributeRetentionChosen':
      return changed(catalogue, event.data, () => ({ retention: event.data.retention }));
    case 'AttributeRetentionLifted':
      return changed(catalogue, event.data, () => ({ retention: null }));
  }
}

/** The name that tells an attribute from all others: `tier`, `whatsapp.phone`. */
export function nameOf({ alias, medium }: Pick<AttributeDefinition, 'alias' | 'medium'>): string {
  return medium === undefined ? alias : `${medium}.${alias}`;
}

function reordered(catalogue: AttributeCatalogue, names: readonly string[]): AttributeCatalogue {
  const places = new Map(names.map((name, place) => [name, place]));
  const placeOf = (definition: AttributeDefinition): number => places.get(nameOf(definition)) ?? names.length;
  // Sorting is stable: those that are not named keep their order.
  return catalogue.toSorted((one, other) => placeOf(one) - placeOf(other));
}

function changed(
  catalogue: AttributeCatalogue,
  { alias, medium }: { readonly alias: string; readonly medium?: Medium },
  change: (definition: AttributeDefinition) => Partial<AttributeDefinition>,
): AttributeCatalogue {
  return catalogue.map((definition) =>
    definition.alias === alias && definition.medium === medium ? { ...definition, ...change(definition) } : definition,
  );
}
