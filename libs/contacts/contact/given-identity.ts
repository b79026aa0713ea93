import { reaches } from '#access/user';
import type { ChannelAccess } from '#access/user';
import { defaultIdScope } from '#channels/channel';
import type { ChannelDirectory, Medium } from '#channels/channel';
import type { Ids, Refusal } from '#event-sourcing';
import { identityKey, normaliseIdentity } from '../identity/index.js';
import type { ClaimedIdentity } from './commands.js';

/** An identity as somebody writes it down: on one of the channels, or on a medium in an id scope. */
export type GivenIdentity = { readonly externalUserId: string } & (
  { readonly channelId: string } | { readonly medium: Medium; readonly idScope: string | undefined }
);

export type GivenIdentityRefusal =
  | (Refusal<'unknown-channel'> & { readonly channelId: string })
  | (Refusal<'id-scope-needed'> & { readonly medium: Medium });

export const givenIdentityRefusals: readonly {
  readonly code: GivenIdentityRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [
  { code: 'unknown-channel', rule: 'ASG-6', sentence: 'There is no such channel for the caller; it is named.' },
  {
    code: 'id-scope-needed',
    rule: 'CON-2',
    sentence: 'User ids of this medium mean a person only within a scope: name the channel or the scope.',
  },
];

/** Where the identity's id is unique, and the key of its claim. */
export function locateIdentity(
  given: GivenIdentity,
  context: { readonly ids: Ids; readonly channels: ChannelDirectory; readonly access: ChannelAccess },
): ClaimedIdentity | GivenIdentityRefusal {
  const { ids, channels, access } = context;
  if (!('channelId' in given)) return onMedium(given, channels, ids);
  const { channelId, externalUserId } = given;
  const channel = channels.get(channelId);
  if (!channel || !reaches(access, [channelId])) return { code: 'unknown-channel', channelId };
  return claimed(ids, { medium: channel.medium, idScope: channel.idScope, externalUserId, channelId });
}

/** Without a scope, that of the medium's channels is meant when they agree on one. */
function onMedium(
  given: Extract<GivenIdentity, { medium: Medium }>,
  channels: ChannelDirectory,
  ids: Ids,
): ClaimedIdentity | GivenIdentityRefusal {
  const { medium, externalUserId } = given;
  const scopes = new Set([...channels.values()].filter((one) => one.medium === medium).map(({ idScope }) => idScope));
  const platform = defaultIdScope(medium, '');
  if (scopes.size === 0 && platform !== '') scopes.add(platform);
  const idScope = given.idScope ?? (scopes.size === 1 ? [...scopes][0] : undefined);
  if (idScope === undefined) return { code: 'id-scope-needed', medium };
  return claimed(ids, { medium, idScope, externalUserId, channelId: undefined });
}

function claimed(ids: Ids, identity: Omit<ClaimedIdentity, 'identityKey'>): ClaimedIdentity {
  return { ...normaliseIdentity(identity), identityKey: identityKey(ids, identity) };
}
