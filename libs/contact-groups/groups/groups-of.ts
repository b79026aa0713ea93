import { vipEnabled } from '#attributes/attributes';
import type { AttributeCatalogue } from '#attributes/attributes';
import { matches } from '../condition/index.js';
import type { ContactTraits } from '../condition/index.js';
import type { Groups } from './state.js';
import { vipGroupId } from './vip.js';

/** The configuration that says who is in a group. */
export interface GroupConfiguration {
  readonly groups: Groups;
  readonly catalogue: AttributeCatalogue;
}

/** Ids of the groups that the contact is in, by the conditions in force; VIP first (ATT-6: not while switched off). */
export function groupsOf(contact: ContactTraits, { groups, catalogue }: GroupConfiguration): readonly string[] {
  const found = [...groups].filter(([, { archived, effective }]) => {
    return !archived && matches(effective.condition, contact, effective);
  });
  const isVip = contact.vip && vipEnabled(catalogue);
  return [...(isVip ? [vipGroupId] : []), ...found.map(([groupId]) => groupId)];
}
