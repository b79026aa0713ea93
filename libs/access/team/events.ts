import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

export const teamStream = (teamId: string): string => `team-${teamId}`;

/** A set of agents begins, without members and channels. */
export type TeamCreated = DomainEvent<'TeamCreated', { readonly teamId: string; readonly name: string }>;
export type TeamRenamed = DomainEvent<'TeamRenamed', { readonly teamId: string; readonly name: string }>;
/** The team gives no access any more and can be given nothing; what is assigned to it stays so. */
export type TeamArchived = DomainEvent<'TeamArchived', { readonly teamId: string }>;
/** The user belongs to the team: its channels are theirs too, and its turns come to them. */
export type TeamMemberAdded = DomainEvent<'TeamMemberAdded', { readonly teamId: string; readonly userId: string }>;
export type TeamMemberRemoved = DomainEvent<'TeamMemberRemoved', { readonly teamId: string; readonly userId: string }>;
/** Round robin: it was this member's turn to be given a conversation; the next one's follows them (ASG-7). */
export type TurnGiven = DomainEvent<
  'TurnGiven',
  { readonly teamId: string; readonly userId: string; readonly conversationId: string }
>;
/** Every member sees and touches what lives on the channel. */
export type TeamChannelAccessGranted = DomainEvent<
  'TeamChannelAccessGranted',
  { readonly teamId: string; readonly channelId: string }
>;
export type TeamChannelAccessRevoked = DomainEvent<
  'TeamChannelAccessRevoked',
  { readonly teamId: string; readonly channelId: string }
>;

export type TeamEvent =
  | TeamCreated
  | TeamRenamed
  | TeamArchived
  | TeamMemberAdded
  | TeamMemberRemoved
  | TurnGiven
  | TeamChannelAccessGranted
  | TeamChannelAccessRevoked;

export const teamEvents = {
  categories: ['team'],
  definitions: [
    defineEvent<TeamCreated>({
      type: 'TeamCreated',
      version: 1,
      sentence: 'A set of agents begins, without members and channels.',
      fields: { teamId: field('id'), name: field('label') },
    }),
    defineEvent<TeamRenamed>({
      type: 'TeamRenamed',
      version: 1,
      sentence: 'The team is called something else.',
      fields: { teamId: field('id'), name: field('label') },
    }),
    defineEvent<TeamArchived>({
      type: 'TeamArchived',
      version: 1,
      sentence: 'The team gives no access any more and can be given nothing; what is assigned to it stays so.',
      fields: { teamId: field('id') },
    }),
    defineEvent<TeamMemberAdded>({
      type: 'TeamMemberAdded',
      version: 1,
      sentence: 'The user belongs to the team: its channels are theirs too, and its turns come to them.',
      fields: { teamId: field('id'), userId: field('id') },
    }),
    defineEvent<TeamMemberRemoved>({
      type: 'TeamMemberRemoved',
      version: 1,
      sentence: 'The user belongs to the team no more.',
      fields: { teamId: field('id'), userId: field('id') },
    }),
    defineEvent<TurnGiven>({
      type: 'TurnGiven',
      version: 1,
      sentence: 'Round robin: it was this member’s turn to be given the conversation; the next turn is after theirs.',
      fields: { teamId: field('id'), userId: field('id'), conversationId: field('id') },
    }),
    defineEvent<TeamChannelAccessGranted>({
      type: 'TeamChannelAccessGranted',
      version: 1,
      sentence: 'Every member of the team sees and touches what lives on the channel.',
      fields: { teamId: field('id'), channelId: field('id') },
    }),
    defineEvent<TeamChannelAccessRevoked>({
      type: 'TeamChannelAccessRevoked',
      version: 1,
      sentence: 'The team gives no access to the channel any more.',
      fields: { teamId: field('id'), channelId: field('id') },
    }),
  ],
};
