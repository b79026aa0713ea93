import type { ContactProfile } from '#contacts/contact-profile';
import { matches } from '../condition/index.js';
import { vipGroupId } from '../groups/index.js';
import { membershipOf } from './document.js';
import type { AskedGroups } from './document.js';
import { traitsOf } from './traits.js';

/** The versions of groups that the contact fits, of those that can be asked for; and `vip`, if it is marked. */
export function membershipsOf(profile: ContactProfile, asked: AskedGroups | undefined): readonly string[] {
  const traits = traitsOf(profile);
  const found = (asked?.groups ?? []).flatMap(({ groupId, versions }) =>
    versions
      .filter((terms) => matches(terms.condition, traits, terms))
      .map(({ version }) => membershipOf(groupId, version)),
  );
  return profile.vip ? [vipGroupId, ...found] : found;
}
