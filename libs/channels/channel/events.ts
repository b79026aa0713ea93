import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';
import type { Medium } from './media.js';

export const channelStream = (channelId: string): string => `channel-${channelId}`;

/** The secrets a connector may need; their values enter events only sealed. */
export const channelSecrets = ['appSecret', 'verifyToken'] as const;
export type ChannelSecretName = (typeof channelSecrets)[number];

/** An account on a medium was connected; identities of its id scope can be claimed from now on. */
export type ChannelConnected = DomainEvent<
  'ChannelConnected',
  {
    readonly channelId: string;
    readonly medium: Medium;
    readonly name: string;
    /** Where the medium's user ids are unique. Fixed: another one would turn every known person into a stranger. */
    readonly idScope: string;
  }
>;
/** The channel got another name; only people read it. */
export type ChannelRenamed = DomainEvent<'ChannelRenamed', { readonly channelId: string; readonly name: string }>;
/** A secret was given or replaced; whoever verifies the provider's signatures uses the new one from now on. */
export type ChannelSecretSet = DomainEvent<
  'ChannelSecretSet',
  { readonly channelId: string; readonly secret: ChannelSecretName; readonly sealed: string }
>;
/** An answered conversation on the channel is closed when nothing has happened in it for so long (CNV-8). */
export type ChannelInactivityLimitSet = DomainEvent<
  'ChannelInactivityLimitSet',
  { readonly channelId: string; readonly after: string }
>;
/** Numbers that the channel tells without a country are of this region from now on (LNK-2). */
export type ChannelRegionSet = DomainEvent<'ChannelRegionSet', { readonly channelId: string; readonly region: string }>;
/** Numbers that the channel tells without a country are of no region any more: they are kept as told and match nothing. */
export type ChannelRegionRemoved = DomainEvent<'ChannelRegionRemoved', { readonly channelId: string }>;
/** Nothing on the channel is closed for inactivity any more. */
export type ChannelInactivityLimitLifted = DomainEvent<'ChannelInactivityLimitLifted', { readonly channelId: string }>;
/** The channel takes and sends nothing until it is enabled again. */
export type ChannelDisabled = DomainEvent<'ChannelDisabled', { readonly channelId: string }>;
/** The channel works again. */
export type ChannelEnabled = DomainEvent<'ChannelEnabled', { readonly channelId: string }>;

export type ChannelEvent =
  | ChannelConnected
  | ChannelRenamed
  | ChannelSecretSet
  | ChannelInactivityLimitSet
  | ChannelInactivityLimitLifted
  | ChannelRegionSet
  | ChannelRegionRemoved
  | ChannelDisabled
  | ChannelEnabled;

export const channelEvents = {
  categories: ['channel'],
  definitions: [
    defineEvent<ChannelConnected>({
      type: 'ChannelConnected',
      version: 1,
      sentence: 'An account on a medium was connected; identities of its id scope can be claimed from now on.',
      fields: { channelId: field('id'), medium: field('code'), name: field('label'), idScope: field('code') },
    }),
    defineEvent<ChannelRenamed>({
      type: 'ChannelRenamed',
      version: 1,
      sentence: 'The channel got another name; only people read it.',
      fields: { channelId: field('id'), name: field('label') },
    }),
    defineEvent<ChannelSecretSet>({
      type: 'ChannelSecretSet',
      version: 1,
      sentence: 'A secret was given or replaced; signatures are verified by the new one from now on.',
      fields: { channelId: field('id'), secret: field('code'), sealed: field('sealed') },
    }),
    defineEvent<ChannelInactivityLimitSet>({
      type: 'ChannelInactivityLimitSet',
      version: 1,
      sentence: 'An answered conversation on the channel is closed when nothing has happened in it for so long.',
      fields: { channelId: field('id'), after: field('code') },
    }),
    defineEvent<ChannelInactivityLimitLifted>({
      type: 'ChannelInactivityLimitLifted',
      version: 1,
      sentence: 'Nothing on the channel is closed for inactivity any more.',
      fields: { channelId: field('id') },
    }),
    defineEvent<ChannelRegionSet>({
      type: 'ChannelRegionSet',
      version: 1,
      sentence: 'Numbers that the channel tells without a country are of this region from now on.',
      fields: { channelId: field('id'), region: field('code') },
    }),
    defineEvent<ChannelRegionRemoved>({
      type: 'ChannelRegionRemoved',
      version: 1,
      sentence: 'Numbers that the channel tells without a country are of no region any more.',
      fields: { channelId: field('id') },
    }),
    defineEvent<ChannelDisabled>({
      type: 'ChannelDisabled',
      version: 1,
      sentence: 'The channel takes and sends nothing until it is enabled again.',
      fields: { channelId: field('id') },
    }),
    defineEvent<ChannelEnabled>({
      type: 'ChannelEnabled',
      version: 1,
      sentence: 'The channel works again.',
      fields: { channelId: field('id') },
    }),
  ],
};
