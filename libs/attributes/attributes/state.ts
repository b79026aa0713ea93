import { media } from '#channels/channel';
import type { Medium } from '#channels/channel';
import type { AttributeFormat, AttributesEvent } from './events.js';
import { platformAttributes } from './platform.js';

export interface AttributeOption {
  readonly optionId: string;
  readonly label: string;
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
}

/** All attributes in the admin's order. */
export type AttributeCatalogue = readonly AttributeDefinition[];

const unset = { repeatable: false, enabled: true, options: [] } as const;

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
      return [...catalogue, { ...event.data, kind: 'custom', enabled: true, options: [] }];
    case 'AttributeOptionAdded': {
      const { alias, optionId, label } = event.data;
      return changed(catalogue, { alias }, ({ options }) => ({ options: [...options, { optionId, label }] }));
    }
    case 'AttributeRelabelled':
      return changed(catalogue, event.data, () => ({ label: event.data.label }));
    case 'AttributeEnabled':
      return changed(catalogue, event.data, () => ({ enabled: true }));
    case 'AttributeDisabled':
      return changed(catalogue, event.data, () => ({ enabled: false }));
  }
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
