import { channelsOfProfile } from '#contacts/contact-profile';
import type { ContactProfile } from '#contacts/contact-profile';
import type { ContactTraits } from '../condition/index.js';

/** What conditions may ask of a contact, from a copy of its profile. */
export function traitsOf(profile: ContactProfile): ContactTraits {
  const { values, identities, vip, blocked } = profile;
  const media = [...new Set(identities.map(({ medium }) => medium))];
  return { values, channelIds: channelsOfProfile(profile), media, vip, blocked };
}
