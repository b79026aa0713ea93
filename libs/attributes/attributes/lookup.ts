import { media } from '#channels/channel';
import type { Medium } from '#channels/channel';
import type { AttributeCatalogue, AttributeDefinition } from './state.js';

/**
 * The attribute that somebody means by `tier` or `whatsapp.phone`: a custom or standard one under its alias, else a
 * platform one under medium and alias, else the first platform one under the bare alias.
 */
export function findAttribute(catalogue: AttributeCatalogue, name: string): AttributeDefinition | undefined {
  const own = catalogue.find(({ alias, medium }) => medium === undefined && alias === name);
  if (own) return own;
  const { medium, alias } = platformName(name);
  return catalogue.find(
    (definition) =>
      definition.medium !== undefined &&
      definition.alias === alias &&
      (medium === undefined || definition.medium === medium),
  );
}

/** `whatsapp.phone` names a platform attribute of one medium; custom aliases have no dot. */
export function platformName(name: string): { readonly medium?: Medium; readonly alias: string } {
  const medium = media.find((candidate) => name.startsWith(`${candidate}.`));
  return medium === undefined ? { alias: name } : { medium, alias: name.slice(medium.length + 1) };
}

/** ATT-6: whether contacts can be marked, ranked and routed as VIP. */
export function vipEnabled(catalogue: AttributeCatalogue): boolean {
  return findAttribute(catalogue, 'vip')?.enabled ?? false;
}
