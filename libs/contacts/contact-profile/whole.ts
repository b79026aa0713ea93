import { composedValues, speakerFor } from './merges.js';
import type { ContactProfile } from './profile.js';

/** A contact together with what was merged into it. */
export interface WholeProfile {
  readonly contactId: string;
  /** Its own id first. */
  readonly contactIds: readonly string[];
  readonly profile: ContactProfile;
}

/** Of the last primary of the contact's merges. `undefined`: there is none (any more). */
export function wholeProfile(
  contactId: string,
  profileOf: (contactId: string) => ContactProfile | undefined,
): WholeProfile | undefined {
  const speaker = speakerFor(contactId, profileOf);
  const profile = profileOf(speaker);
  if (!profile) return undefined;
  const ids = profile.absorbed.flatMap(({ contactIds }) => contactIds);
  if (ids.length === 0) return { contactId: speaker, contactIds: [speaker], profile };
  const all = [profile, ...ids.flatMap((id) => profileOf(id) ?? [])];
  return {
    contactId: speaker,
    contactIds: [speaker, ...ids],
    profile: {
      ...profile,
      givenName: all.find(({ givenName }) => givenName !== null)?.givenName ?? null,
      identities: all.flatMap(({ identities }) => identities),
      values: composedValues(profile, (id) => profileOf(id)?.values ?? []),
    },
  };
}
