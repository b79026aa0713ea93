import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

export const userStream = (userId: string): string => `user-${userId}`;

/** The roles of people and systems that call the product. */
export const userRoles = ['admin', 'agent', 'service', 'analyst', 'auditor'] as const;
export type UserRole = (typeof userRoles)[number];

/** Somebody came with a valid token for the first time; they have access to no channel yet. */
export type UserRegistered = DomainEvent<
  'UserRegistered',
  { readonly userId: string; readonly name: string; readonly role: UserRole }
>;
/** The user's token carries another name now; authors are shown by it. */
export type UserRenamed = DomainEvent<'UserRenamed', { readonly userId: string; readonly name: string }>;
/** The user's token carries another role now; what they may do follows the token, who is told about them follows this. */
export type UserRoleChanged = DomainEvent<'UserRoleChanged', { readonly userId: string; readonly role: UserRole }>;
/** The user has left: they have access to nothing, are let in no more, and what was theirs is taken off them. */
export type UserDeactivated = DomainEvent<'UserDeactivated', { readonly userId: string }>;
/** The user is back, with the access that they had. */
export type UserReactivated = DomainEvent<'UserReactivated', { readonly userId: string }>;
/** The user is at work: routing gives them conversations. Heartbeats are no events, only changes are. */
export type AgentCameOnline = DomainEvent<'AgentCameOnline', { readonly userId: string }>;
/** The user is at work but not at the desk: routing passes them by, and they keep what they have. */
export type AgentWentAway = DomainEvent<'AgentWentAway', { readonly userId: string }>;
/** The user is not at work: they said so, or gave no sign of life for too long. `lastSeenAt`: the last sign of life. */
export type AgentWentOffline = DomainEvent<
  'AgentWentOffline',
  { readonly userId: string; readonly cause: 'call' | 'silence'; readonly lastSeenAt: string }
>;
/** Routing keeps a place of the user's for the conversation, before it assigns it to them: the limit holds so (ASG-7). */
export type PlaceReserved = DomainEvent<'PlaceReserved', { readonly userId: string; readonly conversationId: string }>;
/** The user has the conversation without routing (by hand, by reply, kept), which no limit keeps them from. */
export type PlaceTaken = DomainEvent<'PlaceTaken', { readonly userId: string; readonly conversationId: string }>;
/** The conversation is closed or not theirs (any more): routing can give the place away. */
export type PlaceFreed = DomainEvent<'PlaceFreed', { readonly userId: string; readonly conversationId: string }>;
/** The user sees and touches what lives on the channel from now on. */
export type ChannelAccessGranted = DomainEvent<
  'ChannelAccessGranted',
  { readonly userId: string; readonly channelId: string }
>;
/** What lives only on the channel does not exist for the user any more. */
export type ChannelAccessRevoked = DomainEvent<
  'ChannelAccessRevoked',
  { readonly userId: string; readonly channelId: string }
>;
/** The user has access to every channel, also to those connected later. */
export type AllChannelAccessGranted = DomainEvent<'AllChannelAccessGranted', { readonly userId: string }>;
/** The user has access only to the channels granted one by one. */
export type AllChannelAccessRevoked = DomainEvent<'AllChannelAccessRevoked', { readonly userId: string }>;

export type UserEvent =
  | UserRegistered
  | UserRenamed
  | UserRoleChanged
  | UserDeactivated
  | UserReactivated
  | AgentCameOnline
  | AgentWentAway
  | AgentWentOffline
  | PlaceReserved
  | PlaceTaken
  | PlaceFreed
  | ChannelAccessGranted
  | ChannelAccessRevoked
  | AllChannelAccessGranted
  | AllChannelAccessRevoked;

export const userEvents = {
  categories: ['user'],
  definitions: [
    defineEvent<UserRegistered>({
      type: 'UserRegistered',
      version: 1,
      sentence: 'Somebody came with a valid token for the first time; they have access to no channel yet.',
      fields: { userId: field('id'), name: field('staff'), role: field('code') },
    }),
    defineEvent<UserRenamed>({
      type: 'UserRenamed',
      version: 1,
      sentence: 'The user came with another name; authors are shown by it.',
      fields: { userId: field('id'), name: field('staff') },
    }),
    defineEvent<UserRoleChanged>({
      type: 'UserRoleChanged',
      version: 1,
      sentence: 'The user came with another role.',
      fields: { userId: field('id'), role: field('code') },
    }),
    defineEvent<UserDeactivated>({
      type: 'UserDeactivated',
      version: 1,
      sentence:
        'The user has left: they have access to nothing, are let in no more, and what was theirs is taken off them.',
      fields: { userId: field('id') },
    }),
    defineEvent<UserReactivated>({
      type: 'UserReactivated',
      version: 1,
      sentence: 'The user is back, with the access that they had.',
      fields: { userId: field('id') },
    }),
    defineEvent<AgentCameOnline>({
      type: 'AgentCameOnline',
      version: 1,
      sentence: 'The user is at work: routing gives them conversations.',
      fields: { userId: field('id') },
    }),
    defineEvent<AgentWentAway>({
      type: 'AgentWentAway',
      version: 1,
      sentence: 'The user is at work but not at the desk: routing passes them by, and they keep what they have.',
      fields: { userId: field('id') },
    }),
    defineEvent<AgentWentOffline>({
      type: 'AgentWentOffline',
      version: 1,
      sentence: 'The user is not at work: they said so, or gave no sign of life for too long; the last one is named.',
      fields: { userId: field('id'), cause: field('code'), lastSeenAt: field('instant') },
    }),
    defineEvent<PlaceReserved>({
      type: 'PlaceReserved',
      version: 1,
      sentence: 'Routing keeps a place of the user’s for the conversation, before it assigns it to them.',
      fields: { userId: field('id'), conversationId: field('id') },
    }),
    defineEvent<PlaceTaken>({
      type: 'PlaceTaken',
      version: 1,
      sentence: 'The user has the conversation without routing; it counts towards their limit.',
      fields: { userId: field('id'), conversationId: field('id') },
    }),
    defineEvent<PlaceFreed>({
      type: 'PlaceFreed',
      version: 1,
      sentence: 'The conversation is closed or not the user’s (any more): routing can give the place away.',
      fields: { userId: field('id'), conversationId: field('id') },
    }),
    defineEvent<ChannelAccessGranted>({
      type: 'ChannelAccessGranted',
      version: 1,
      sentence: 'The user sees and touches what lives on the channel from now on.',
      fields: { userId: field('id'), channelId: field('id') },
    }),
    defineEvent<ChannelAccessRevoked>({
      type: 'ChannelAccessRevoked',
      version: 1,
      sentence: 'What lives only on the channel does not exist for the user any more.',
      fields: { userId: field('id'), channelId: field('id') },
    }),
    defineEvent<AllChannelAccessGranted>({
      type: 'AllChannelAccessGranted',
      version: 1,
      sentence: 'The user has access to every channel, also to those connected later.',
      fields: { userId: field('id') },
    }),
    defineEvent<AllChannelAccessRevoked>({
      type: 'AllChannelAccessRevoked',
      version: 1,
      sentence: 'The user has access only to the channels granted one by one.',
      fields: { userId: field('id') },
    }),
  ],
};
