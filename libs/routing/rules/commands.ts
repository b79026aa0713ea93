import type { ConditionTerms, TestOperator } from '#contact-groups/condition';
import type { Command } from '#event-sourcing';
import type { RoutingTarget, RoutingTerms } from './events.js';

/** The terms as the admin sent them; whether the attribute can be asked for that is still to be seen. */
export type GivenTerms = Omit<RoutingTerms, 'attribute'> & {
  readonly attribute?: { readonly alias: string; readonly operator: TestOperator; readonly value: unknown };
};

/** What rules may name, as it was known when the command was made. */
export interface Nameable {
  readonly channels: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  readonly topics: ReadonlySet<string>;
  readonly users: ReadonlySet<string>;
  readonly teams: ReadonlySet<string>;
  readonly conditions: ConditionTerms;
}

export type AddRoutingRule = Command<
  'AddRoutingRule',
  {
    readonly ruleId: string;
    readonly name: string | undefined;
    readonly when: GivenTerms;
    readonly to: RoutingTarget;
    readonly nameable: Nameable;
  }
>;
/** What is `undefined` stays as it is. */
export type ChangeRoutingRule = Command<
  'ChangeRoutingRule',
  {
    readonly ruleId: string;
    readonly name: string | undefined;
    readonly when: GivenTerms | undefined;
    readonly to: RoutingTarget | undefined;
    readonly nameable: Nameable;
  }
>;
export type ReorderRoutingRules = Command<'ReorderRoutingRules', { readonly ruleIds: readonly string[] }>;
export type ArchiveRoutingRule = Command<'ArchiveRoutingRule', { readonly ruleId: string }>;

export type RoutingCommand = AddRoutingRule | ChangeRoutingRule | ReorderRoutingRules | ArchiveRoutingRule;
