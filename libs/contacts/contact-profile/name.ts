import { displayName } from '../display-name/index.js';
import type { ContactProfile } from './profile.js';

/** What the contact is called (CON-3); `null`: nothing is known that could be a name. */
export function nameOfProfile({ givenName, values, identities }: ContactProfile): string | null {
  return displayName({
    name: givenName ?? undefined,
    values: values.map(({ alias, medium, value }) => ({ alias, ...(medium !== null && { medium }), value })),
    identities: identities.map(({ medium, externalUserId, profileName }) => ({
      medium,
      externalUserId,
      profileName: profileName ?? undefined,
    })),
  }).name;
}
