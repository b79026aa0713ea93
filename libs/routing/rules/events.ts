import type { Test } from '#contact-groups/condition';
import { defineEvent, field } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/** One stream: the rules that say who is given a conversation, and their order. */
export const routingStream = 'routing';

/** When a rule matches: all that is named must hold; nothing named matches always. */
export interface RoutingTerms {
  /** The current channel. */
  readonly channelId?: string;
  /** Id of a contact group, `vip` included (ASG-8). */
  readonly group?: string;
  readonly topicId?: string;
  /** What the contact's attribute must be, as a condition of groups says it. */
  readonly attribute?: Test;
  /** BCP 47; `nl` is for `nl-BE` too. */
  readonly language?: string;
  /** Whether somebody is there, by the calendar of the team that has it, of the channel, or the default one (ASG-11). */
  readonly businessHours?: 'open' | 'closed';
}

/** How one of a team is chosen among those online. */
export const picks = ['roundRobin', 'leastBusy'] as const;
export type TeamPick = (typeof picks)[number];

/** Who is given the conversation: a user, a team, or one of a team. */
export type RoutingTarget =
  { readonly userId: string } | { readonly teamId: string } | { readonly teamId: string; readonly pick: TeamPick };

/** Stands behind all rules that were there. */
export type RoutingRuleAdded = DomainEvent<
  'RoutingRuleAdded',
  { readonly ruleId: string; readonly name?: string; readonly when: RoutingTerms; readonly to: RoutingTarget }
>;
export type RoutingRuleRenamed = DomainEvent<'RoutingRuleRenamed', { readonly ruleId: string; readonly name: string }>;
/** The rule matches otherwise from now on. */
export type RoutingTermsChanged = DomainEvent<
  'RoutingTermsChanged',
  { readonly ruleId: string; readonly when: RoutingTerms }
>;
/** The rule gives to somebody else from now on. */
export type RoutingTargetChanged = DomainEvent<
  'RoutingTargetChanged',
  { readonly ruleId: string; readonly to: RoutingTarget }
>;
/** These rules are asked first, in this order; those not named follow as they stood. */
export type RoutingRulesReordered = DomainEvent<'RoutingRulesReordered', { readonly ruleIds: readonly string[] }>;
/** The rule matches nothing any more. */
export type RoutingRuleArchived = DomainEvent<'RoutingRuleArchived', { readonly ruleId: string }>;

export type RoutingEvent =
  | RoutingRuleAdded
  | RoutingRuleRenamed
  | RoutingTermsChanged
  | RoutingTargetChanged
  | RoutingRulesReordered
  | RoutingRuleArchived;

const ruleId = field('id');

export const routingEvents = {
  categories: [routingStream],
  definitions: [
    defineEvent<RoutingRuleAdded>({
      type: 'RoutingRuleAdded',
      version: 1,
      sentence: 'A rule says who is given which conversations; it is asked after all that were there.',
      fields: { ruleId, name: field('label', { optional: true }), when: field('json'), to: field('json') },
    }),
    defineEvent<RoutingRuleRenamed>({
      type: 'RoutingRuleRenamed',
      version: 1,
      sentence: 'The rule is called otherwise.',
      fields: { ruleId, name: field('label') },
    }),
    defineEvent<RoutingTermsChanged>({
      type: 'RoutingTermsChanged',
      version: 1,
      sentence: 'The rule matches other conversations from now on.',
      fields: { ruleId, when: field('json') },
    }),
    defineEvent<RoutingTargetChanged>({
      type: 'RoutingTargetChanged',
      version: 1,
      sentence: 'The rule gives conversations to somebody else from now on.',
      fields: { ruleId, to: field('json') },
    }),
    defineEvent<RoutingRulesReordered>({
      type: 'RoutingRulesReordered',
      version: 1,
      sentence: 'These rules are asked first, in this order; those not named follow as they stood.',
      fields: { ruleIds: field('id', { list: true }) },
    }),
    defineEvent<RoutingRuleArchived>({
      type: 'RoutingRuleArchived',
      version: 1,
      sentence: 'The rule matches nothing any more.',
      fields: { ruleId },
    }),
  ],
};
