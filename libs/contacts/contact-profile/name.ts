import { reaches } from '#access/user';
import type { ChannelAccess } from '#access/user';
import { displayName, namingAliases } from '../display-name/index.js';
import type { DisplayName } from '../display-name/index.js';
import type { ContactProfile, ProfileIdentity } from './profile.js';

/** What of a profile makes its name. */
export type NamedProfile = Pick<ContactProfile, 'givenName' | 'values'> & {
  readonly identities: readonly Omit<ProfileIdentity, 'identityKey'>[];
};

/** Nothing but what makes the name, for models that keep a copy. */
export function namingOf({ givenName, values, identities }: ContactProfile): NamedProfile {
  return {
    givenName,
    values: values.filter(({ alias }) => namingAliases.has(alias)),
    identities: identities.map(({ medium, externalUserId, profileName, channelIds }) => ({
      medium,
      externalUserId,
      profileName,
      channelIds,
    })),
  };
}

/** CON-3, ASG-6: made of what the viewer sees of the contact, so that no name tells what a channel they lack told. */
export function nameFor({ givenName, values, identities }: NamedProfile, channels: ChannelAccess): DisplayName {
  const seen = seenIdentities(identities, channels);
  const media = new Set(seen.map(({ medium }) => medium));
  return displayName({
    name: givenName ?? undefined,
    values: values.flatMap(({ alias, medium, value }) => {
      if (medium === null) return [{ alias, value }];
      return media.has(medium) ? [{ alias, medium, value }] : [];
    }),
    identities: seen.map(({ medium, externalUserId, profileName }) => ({
      medium,
      externalUserId,
      profileName: profileName ?? undefined,
    })),
  });
}

/**
 * ASG-6: an identity met only on channels that the viewer lacks is not there; one never met shows to all who see the
 * contact.
 */
export function seenIdentities<I extends { readonly channelIds: readonly string[] }>(
  identities: readonly I[],
  channels: ChannelAccess,
): readonly I[] {
  return identities.filter(({ channelIds }) => channelIds.length === 0 || reaches(channels, channelIds));
}
