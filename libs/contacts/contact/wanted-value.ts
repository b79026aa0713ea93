import { findAttribute, fitValue, matchKeysOf } from '#attributes/attributes';
import type { AttributeCatalogue } from '#attributes/attributes';
import type { Ids } from '#event-sourcing';
import type { WantedValue } from './commands.js';

/** A value that somebody wants set, with what the catalogue says about it. */
export function wantedValue(
  { name, value }: { readonly name: string; readonly value: unknown },
  { catalogue, ids }: { readonly catalogue: AttributeCatalogue; readonly ids: Ids },
): WantedValue {
  const definition = findAttribute(catalogue, name);
  const fit = definition && fitValue(definition, value);
  const matchKeys = definition && fit?.fits === true ? matchKeysOf(ids, definition, fit.value) : [];
  return { name, definition, value, matchKeys };
}
