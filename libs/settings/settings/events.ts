import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/** One stream: what the admin has chosen for the whole inbox, one event per setting. */
export const settingsStream = 'settings';

/** Agents who are offline lose their conversations in `new` from now on (ASG-3). */
export type OfflineUnassignmentEnabled = DomainEvent<'OfflineUnassignmentEnabled'>;
/** Agents keep their conversations from now on, offline or not. */
export type OfflineUnassignmentDisabled = DomainEvent<'OfflineUnassignmentDisabled'>;
/** Routing gives an agent so many open conversations at most (ASG-5); nobody is kept from taking more by hand. */
export type AgentLimitSet = DomainEvent<'AgentLimitSet', { readonly maxOpen: number }>;
/** Routing gives an agent any number of conversations. */
export type AgentLimitLifted = DomainEvent<'AgentLimitLifted'>;
/** Each minute of waiting counts so many points in the queue's order (ASG-9); 0: waiting has no weight. */
export type WaitingWeightSet = DomainEvent<'WaitingWeightSet', { readonly pointsPerMinute: number }>;
/** Contacts are linked by equal values of this attribute from now on (LNK-2); without a name: by none. */
export type MatchingAttributeChosen = DomainEvent<'MatchingAttributeChosen', { readonly name?: string }>;
/** These values never link anybody (LNK-6). */
export type LinkPlaceholdersChosen = DomainEvent<'LinkPlaceholdersChosen', { readonly values: readonly string[] }>;
/** These reasons may be given for a deletion, besides the built-in ones (DEL-1). */
export type DeletionReasonsChosen = DomainEvent<'DeletionReasonsChosen', { readonly codes: readonly string[] }>;

export type SettingsEvent =
  | DeletionReasonsChosen
  | MatchingAttributeChosen
  | LinkPlaceholdersChosen
  | OfflineUnassignmentEnabled
  | OfflineUnassignmentDisabled
  | AgentLimitSet
  | AgentLimitLifted
  | WaitingWeightSet;

export const settingsEvents = {
  categories: [settingsStream],
  definitions: [
    defineEvent<OfflineUnassignmentEnabled>({
      type: 'OfflineUnassignmentEnabled',
      version: 1,
      sentence: 'Agents who are offline lose their conversations in `new` from now on.',
      fields: {},
    }),
    defineEvent<OfflineUnassignmentDisabled>({
      type: 'OfflineUnassignmentDisabled',
      version: 1,
      sentence: 'Agents keep their conversations from now on, offline or not.',
      fields: {},
    }),
    defineEvent<AgentLimitSet>({
      type: 'AgentLimitSet',
      version: 1,
      sentence: 'Routing gives an agent so many open conversations at most; by hand they can have more.',
      fields: { maxOpen: field('number') },
    }),
    defineEvent<AgentLimitLifted>({
      type: 'AgentLimitLifted',
      version: 1,
      sentence: 'Routing gives an agent any number of conversations.',
      fields: {},
    }),
    defineEvent<WaitingWeightSet>({
      type: 'WaitingWeightSet',
      version: 1,
      sentence: 'Each minute of waiting counts so many points in the order of the queue; 0: none.',
      fields: { pointsPerMinute: field('number') },
    }),
    defineEvent<MatchingAttributeChosen>({
      type: 'MatchingAttributeChosen',
      version: 1,
      sentence: 'Contacts are linked by equal values of this attribute from now on; without a name: by none.',
      fields: { name: field('code', { optional: true }) },
    }),
    defineEvent<LinkPlaceholdersChosen>({
      type: 'LinkPlaceholdersChosen',
      version: 1,
      sentence: 'These values never link anybody: they stand where one is missing.',
      fields: { values: field('label', { list: true }) },
    }),
    defineEvent<DeletionReasonsChosen>({
      type: 'DeletionReasonsChosen',
      version: 1,
      sentence: 'These reasons may be given for a deletion from now on, besides the built-in ones.',
      fields: { codes: field('code', { list: true }) },
    }),
  ],
};
