import type { AttributeValue } from '#attributes/attributes';
import type { Medium } from '#channels/channel';
import type { ContactEvent } from '../contact/index.js';
import { evolveMerges, unmerged } from './merges.js';
import type { Merges } from './merges.js';

/** What neighbours' read models keep of a contact as a private copy (decision 9), folded from the same events. */
export interface ContactProfile extends Merges {
  /** Sees the contact until it has a channel (CON-1). */
  readonly createdBy: string;
  /** Given by hand. */
  readonly givenName: string | null;
  readonly identities: readonly ProfileIdentity[];
  readonly values: readonly ProfileValue[];
  readonly vip: boolean;
  readonly blocked: boolean;
}

export interface ProfileIdentity {
  readonly identityKey: string;
  readonly medium: Medium;
  readonly externalUserId: string;
  readonly profileName: string | null;
  /** Channels on which the identity was met. */
  readonly channelIds: readonly string[];
}

export interface ProfileValue {
  readonly alias: string;
  /** `null` unless it is a platform attribute. */
  readonly medium: Medium | null;
  readonly value: AttributeValue;
}

/** Every event that a profile follows; after the deletion is requested there is none. */
export type ProfileEvent = Extract<
  ContactEvent,
  {
    type:
      | 'ContactCreated'
      | 'IdentityAttached'
      | 'ContactSeenOnChannel'
      | 'ProfileNameChanged'
      | 'ContactRenamed'
      | 'AttributeSet'
      | 'AttributeCleared'
      | 'VipMarked'
      | 'VipUnmarked'
      | 'ContactBlocked'
      | 'ContactUnblocked'
      | 'ContactHandedOver'
      | 'ContactGivenBack'
      | 'ContactsMerged'
      | 'MergeUndone'
      | 'ContactDeletionRequested';
  }
>;

/** `undefined`: there is no such contact (any more). The same reference when the event changes nothing. */
export function evolveProfile(profile: ContactProfile | undefined, event: ProfileEvent): ContactProfile | undefined {
  if (event.type === 'ContactCreated') return profile ?? created(event.data.createdBy);
  if (!profile) return undefined;
  switch (event.type) {
    case 'IdentityAttached': {
      const { identityKey, medium, externalUserId } = event.data;
      if (profile.identities.some((known) => known.identityKey === identityKey)) return profile;
      const identity = { identityKey, medium, externalUserId, profileName: null, channelIds: [] };
      return { ...profile, identities: [...profile.identities, identity] };
    }
    case 'ContactSeenOnChannel': {
      const { identityKey, channelId } = event.data;
      return withIdentity(profile, identityKey, ({ channelIds }) => ({
        channelIds: channelIds.includes(channelId) ? channelIds : [...channelIds, channelId],
      }));
    }
    case 'ProfileNameChanged': {
      const { identityKey, profileName } = event.data;
      return withIdentity(profile, identityKey, () => ({ profileName }));
    }
    case 'ContactRenamed':
      return { ...profile, givenName: event.data.name };
    case 'AttributeSet': {
      const { alias, medium = null, value } = event.data;
      const place = profile.values.findIndex((one) => one.alias === alias && one.medium === medium);
      const entry = { alias, medium, value };
      const values = place < 0 ? [...profile.values, entry] : profile.values.with(place, entry);
      return { ...profile, ...evolveMerges(profile, event), values };
    }
    case 'AttributeCleared': {
      const { alias, medium = null } = event.data;
      const values = profile.values.filter((one) => one.alias !== alias || one.medium !== medium);
      return { ...profile, ...evolveMerges(profile, event), values };
    }
    case 'VipMarked':
      return { ...profile, vip: true };
    case 'VipUnmarked':
      return { ...profile, vip: false };
    case 'ContactBlocked':
      return { ...profile, blocked: true };
    case 'ContactUnblocked':
      return { ...profile, blocked: false };
    case 'ContactHandedOver':
    case 'ContactGivenBack':
    case 'ContactsMerged':
    case 'MergeUndone':
      return { ...profile, ...evolveMerges(profile, event) };
    case 'ContactDeletionRequested':
      return undefined;
  }
}

/** All channels on which the contact was met. */
export function channelsOfProfile({ identities }: Pick<ContactProfile, 'identities'>): readonly string[] {
  return [...new Set(identities.flatMap(({ channelIds }) => channelIds))];
}

function created(createdBy: string): ContactProfile {
  return { createdBy, givenName: null, identities: [], values: [], vip: false, blocked: false, ...unmerged };
}

function withIdentity(
  profile: ContactProfile,
  identityKey: string,
  change: (identity: ProfileIdentity) => Partial<ProfileIdentity>,
): ContactProfile {
  const identities = profile.identities.map((identity) =>
    identity.identityKey === identityKey ? { ...identity, ...change(identity) } : identity,
  );
  return { ...profile, identities };
}
